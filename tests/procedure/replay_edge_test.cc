// SPDX-License-Identifier: Apache-2.0
// Sentences of the design that no story reaches: tracks, voids, co-signatures, unknown contents,
// deadlines. Each case is as small as its sentence.
#include <gtest/gtest.h>

#include <string>

#include "ledger/base/text.h"
#include "tests/procedure/edge_case.h"

namespace jejak::procedure {
namespace {

using edge::EdgeCase;
using edge::kSeal;

const char* const kNothing = R"("require":true)";

std::string Sealed(const std::string& field) {
  return "{\"" + field + "\":" + std::string(kSeal) + "}";
}

// "A keyless action concerns the keys known so far", also when its `to` is unknown.
TEST(ReplayEdge, AKeylessUnknownMoveLeavesLaterKeysInTheirInitialState) {
  EdgeCase edge(kNothing);
  edge.Add("t.step", "", {"P1"});
  edge.Add("t.move", "?");
  const Act early = edge.Add("t.step", "", {"P1"});
  const Act later = edge.Add("t.step", "", {"P2"});
  EXPECT_EQ(edge.Checks(early), "check.transition unknown");
  EXPECT_EQ(edge.Checks(later), "");
}

// "After one with a `to` whose key can't be read every state of the track": also of later keys.
TEST(ReplayEdge, AnUnreadableKeyLeavesNoStateKnown) {
  EdgeCase edge(R"("require":{"states":"report","in":["-"]})");
  edge.Add("t.file", R"({"report":["r1"]})");
  EXPECT_EQ(edge.Outcome("R"), "pass");
  edge.Add("t.file", "?");  // without a `to` only `?` is unknown
  EXPECT_EQ(edge.Outcome("R"), "unknown contents");
}

TEST(ReplayEdge, ASealedItemOfAKeyIsUnknownForItsContents) {
  EdgeCase edge(R"("require":{"states":"report","in":["-"]})");
  edge.Add("t.file", R"({"report":["r1",)" + std::string(kSeal) + "]}");
  EXPECT_EQ(edge.Outcome("R"), "unknown contents");
}

// `requires` across an unreadable key: what concerns every instance came before it, whatever it is.
TEST(ReplayEdge, AKeylessPredecessorServesEveryKey) {
  EdgeCase edge(kNothing);
  edge.Add("t.name");
  const Act late = edge.Add("t.late", "", {"P1"});
  EXPECT_EQ(edge.Checks(late), "check.transition fail");
}

// "The first `closes` action logged after the activation": without `each` that is any.
TEST(ReplayEdge, AClosingEndsAMustWithoutActivationWhateverItsFirstPick) {
  EdgeCase edge(R"("let":{"s":{"last":{"type":"t.ask"}}},"when":{"found":"s"},
                   "require":{"must":{"type":"t.reply"}})");
  edge.Add("t.shut");
  edge.Add("t.ask");
  EXPECT_EQ(edge.Outcome("R"), "fail");
}

TEST(ReplayEdge, AClosingBeforeTheActivationEndsNothing) {
  EdgeCase edge(R"("each":{"type":"t.ask"},"require":{"must":{"type":"t.reply"}})");
  edge.Add("t.shut");
  edge.Add("t.ask");
  EXPECT_EQ(edge.Outcome("R"), "pending");
  edge.Add("t.shut");
  edge.Add("t.reply");
  EXPECT_EQ(edge.Outcome("R"), "fail");
}

TEST(ReplayEdge, AnUnknownUntilMakesTheRequirementUnknown) {
  EdgeCase edge(R"("each":{"type":"t.ask"},"require":{"must":{"type":"t.reply","after":"x"},
      "until":{"type":"t.note","with":{"n":1},"after":"x"}})");
  edge.Add("t.ask");
  edge.Add("t.note", "?");
  edge.Add("t.reply");
  EXPECT_EQ(edge.Outcome("R"), "unknown contents");
}

// A voided act takes its own failed checks along, not those of what came after it.
TEST(ReplayEdge, AVoidLaundersNoCheckOfAnotherAct) {
  EdgeCase edge(kNothing);
  const Act name = edge.Add("t.name", "", {"P1"});
  const Act step = edge.Add("t.step", "", {"P1"});  // only admitted before any move
  EXPECT_EQ(edge.Checks(step), "check.transition fail");
  edge.Void(name);
  EXPECT_EQ(edge.Checks(step), "check.transition fail kept");
  EXPECT_EQ(ExitOf(edge.Judge(), false), 11);
}

TEST(ReplayEdge, FailedChecksOfWhatIsVoidedGoWithIt) {
  EdgeCase edge(kNothing);
  edge.Add("t.name", "", {"P1"});
  const Act step = edge.Add("t.step", "", {"P1"});
  edge.Void(step);
  EXPECT_EQ(edge.Checks(step), "");
  EXPECT_EQ(ExitOf(edge.Judge(), false), 0);
}

TEST(ReplayEdge, AVoidedFailStaysAndAVoidOfTheVoidIsRefused) {
  EdgeCase edge(R"("each":{"type":"t.note"},"require":{"has":"$x.text"})");
  const Act note = edge.Add("t.note", "{}");
  const Act undone = edge.Void(note);
  EXPECT_EQ(edge.Outcome("R"), "fail corrected kept");
  const Act again = edge.Void(undone);
  EXPECT_EQ(edge.Checks(again), "check.correction fail");
}

// A verdict listed because a correction made it not applicable says so, as every verdict does.
TEST(ReplayEdge, ACorrectedNotApplicableVerdictSaysWhy) {
  EdgeCase edge(R"("each":{"type":"t.step"},"require":true)", "officer");
  const Act step = edge.Add("t.step", "", {"P1"});
  edge.Add("t.name", "", {"P2"});
  edge.Void(step);
  const Judgement judgement = edge.Judge();
  const RuleVerdict* verdict = edge::Find(judgement, "R", "P1");
  ASSERT_NE(verdict, nullptr);
  EXPECT_TRUE(verdict->corrected);
  EXPECT_EQ(verdict->outcome, Outcome::kNotApplicable);
  EXPECT_FALSE(verdict->detail.id.empty());
  EXPECT_FALSE(verdict->detail.en.empty());
}

// "pending (with due date)": a correction that moves only the due date makes another verdict.
TEST(ReplayEdge, ACorrectionThatMovesADueDateIsMarked) {
  EdgeCase edge(R"("each":{"type":"t.ask"},"require":{"must":{"type":"t.reply"},
      "by":{"from":"$x.day","max":5,"unit":"working_days"}})");
  const Act ask = edge.Add("t.ask", R"({"day":"2024-06-03"})");
  EXPECT_EQ(edge.Outcome("R"), "pending due 2024-06-10");
  edge.Correct(ask, "/day", R"("2024-06-04")");
  EXPECT_EQ(edge.Outcome("R"), "pending due 2024-06-11 corrected");
}

TEST(ReplayEdge, ADateCorrectedTooLateIsShownAndNotSeen) {
  const std::string lag = R"("max_entry_lag":{"value":2,"source":"policy","basis":"b"})";
  EdgeCase edge(R"("each":{"type":"t.ask"},"require":{"eq":["$x.day","2024-06-04"]})", "case", lag);
  const Act ask = edge.Add("t.ask", R"({"day":"2024-06-03","text":"a"})");
  edge.day = 2;
  edge.Correct(ask, "/day", R"("2024-06-04")");
  EXPECT_EQ(edge.Outcome("R"), "pass corrected");
  edge.day = 3;
  const Act late = edge.Correct(ask, "/day", R"("2024-06-05")");
  EXPECT_EQ(edge.Outcome("R"), "pass corrected");
  EXPECT_EQ(edge.Checks(late), "");
}

TEST(ReplayEdge, PlacesThatACorrectionMayNotTouch) {
  EdgeCase edge(kNothing);
  const Act file = edge.Add("t.file", R"({"report":["r1"]})");
  const Act note = edge.Add("t.note", R"({"list":["a"],"text":"b","secret":)" + std::string(kSeal) +
                                          R"(,"things":[[1]]})");
  const Act bare = edge.Add("t.note");
  for (const char* place : {"", "/", "list", "/list/1", "/list/-", "/list/00", "/list/0/x",
                            "/text/x", "/more/0", "/secret/$sealed", "/things/0/1", "/~2"}) {
    const Act refused = edge.Correct(note, place, "1");
    const bool added = std::string(place) == "/";  // a member whose name is empty
    EXPECT_EQ(edge.Checks(refused), added ? "" : "check.correction fail") << place;
  }
  EXPECT_EQ(edge.Checks(edge.Correct(file, "/report/0", "1")), "check.correction fail");
  EXPECT_EQ(edge.Checks(edge.Correct(file, "/report", "1")), "check.correction fail");
  EXPECT_EQ(edge.Checks(edge.Correct(bare, "/text", "1")), "check.correction fail");
  EXPECT_EQ(edge.Checks(edge.Correct(note, "/list/0", R"("c")")), "");
  EXPECT_EQ(edge.Checks(edge.Correct(note, "/secret", std::string(kSeal))), "");
}

// The pointer of a correction may be sealed as its target may: unknown until it is opened.
TEST(ReplayEdge, ASealedPointerIsUnknownUntilItIsOpened) {
  EdgeCase edge(R"("each":{"type":"t.note"},"require":{"eq":["$x.text","b"]})");
  const Act note = edge.Add("t.note", R"({"text":"a"})");
  Act& correction = edge.Correct(note, "/text", R"("b")");
  correction.body = edge::Json(R"({"target":")" + EncodeBase64(note.id.bytes) + R"(","pointer":)" +
                               std::string(kSeal) + R"(,"value":"b","reason":"r"})");
  EXPECT_EQ(edge.Checks(correction), "check.correction unknown");
  EXPECT_EQ(edge.Outcome("R"), "fail");
  correction.opened = {{"/pointer", json::Value::String("/text")}};
  EXPECT_EQ(edge.Checks(correction), "");
  EXPECT_EQ(edge.Outcome("R"), "pass corrected");
  correction.opened = {{"/pointer", std::nullopt}};
  EXPECT_EQ(edge.Checks(correction), "check.body fail, check.correction unknown");
}

// What is unknown for another reason stays so when a correction can't be read either.
TEST(ReplayEdge, AnUnreadableCorrectionTakesNoCauseAway) {
  EdgeCase edge(R"("each":{"type":"t.note"},"require":{"eq":["$x.text","a"]})");
  edge.Add("t.note", "{}");
  EXPECT_EQ(edge.Outcome("R"), "unknown other");
  edge.Add("record.correct", "?");
  EXPECT_EQ(edge.Outcome("R"), "unknown contents other");
  EXPECT_EQ(ExitOf(edge.Judge(), false), 12);
}

const char* const kAssentLag = R"("max_assent_lag":{"value":2,"source":"policy","basis":"b"})";

TEST(ReplayEdge, AMissingCoSignatureIsPendingInEachListOperator) {
  for (const char* require :
       {R"({"contains_all":["$x@holders",["h-2"]]})", R"({"overlaps":["$x@roles",["b"]]})",
        R"({"overlaps":[["b"],"$x@roles"]})", R"({"in":["h-2","$x@holders"]})",
        R"({"checked":"x","for":["signers"]})"}) {
    EdgeCase edge(R"("each":{"type":"t.sign"},"require":)" + std::string(require), "case",
                  kAssentLag);
    edge.Add("t.sign");
    EXPECT_EQ(edge.Outcome("R"), "pending due 2024-06-05") << require;
    edge.now = 3;
    EXPECT_EQ(edge.Outcome("R"), "fail") << require;
    edge.day = 2;
    Act& assent = edge.Add("case.assent");
    assent.by = {{"u/p-2", "b", "h-2", "u", ""}};
    EXPECT_EQ(edge.Outcome("R"), "pass") << require;
    edge.Void(assent);
    EXPECT_EQ(edge.Outcome("R"), "fail corrected") << require;
  }
}

TEST(ReplayEdge, ACoSignatureIsAwaitedOfEitherActThatOverlapAsksAbout) {
  EdgeCase edge(R"("let":{"a":{"first":{"type":"t.sign"}},"z":{"last":{"type":"t.ask"}}},
      "when":{"all":[{"found":"a"},{"found":"z"}]},
      "require":{"overlaps":["$a@holders","$z@holders"]})",
                "case", kAssentLag);
  edge.Add("t.sign");
  edge.day = 7;
  edge.Add("t.ask").by = {{"u/p-2", "b", "h-2", "u", ""}};
  EXPECT_EQ(edge.Outcome("R"), "pending due 2024-06-12");
}

TEST(ReplayEdge, AnAssentToAnAssentSignsOnlyThat) {
  EdgeCase edge(kNothing, "case", kAssentLag);
  const Act sign = edge.Add("t.sign");
  Act& assent = edge.Add("case.assent");
  assent.position = 0;  // names nothing
  Act& second = edge.Add("case.assent");
  second.position = 2;
  second.by[0].holder = "h-2";
  edge.now = 20;
  EXPECT_EQ(edge.Checks(sign), "check.signers fail");
}

// `if` of the unknown: the common value; a requirement's only if both hold.
TEST(ReplayEdge, AnUnknownIfTakesWhatBothBranchesSay) {
  const char* const kUnknownText = R"({"eq":["$x.text","a"]})";
  const auto outcome = [&](const std::string& require) {
    EdgeCase edge(R"("each":{"type":"t.note"},"require":)" + require);
    edge.Add("t.note", Sealed("text"));
    return edge.Outcome("R");
  };
  const std::string head = R"({"if":)" + std::string(kUnknownText);
  EXPECT_EQ(outcome(head + R"(,"then":{"has":"$x.text"},"else":true})"), "pass");
  EXPECT_EQ(outcome(head + R"(,"then":{"has":"$x.text"}})"), "pass");
  EXPECT_EQ(outcome(head + R"(,"then":{"has":"$x.n"},"else":{"has":"$x.n"}})"), "unknown contents");
  EXPECT_EQ(outcome(R"({"not":)" + head + R"(,"then":{"has":"$x.n"},"else":{"has":"$x.n"}}})"),
            "pass");
}

TEST(ReplayEdge, AnyOfTwoDeadlinesIsDueAtTheLatestAndAllAtTheEarliest) {
  const std::string must = R"({"must":{"type":"t.reply"},"by":{"from":"$x@date","max":)";
  const std::string two =
      "[" + must + R"(2,"unit":"working_days"}},)" + must + R"(4,"unit":"calendar_days"}})";
  const auto outcome = [](const std::string& require) {
    EdgeCase edge(R"("each":{"type":"t.ask"},"require":)" + require);
    edge.Add("t.ask");
    return edge.Outcome("R");
  };
  EXPECT_EQ(outcome(R"({"any":)" + two + "]}"), "pending due 2024-06-07");
  EXPECT_EQ(outcome(R"({"all":)" + two + "]}"), "pending due 2024-06-05");
  EXPECT_EQ(outcome(R"({"any":)" + two + R"(,{"must":{"type":"t.note"}}]})"), "pending");
  EXPECT_EQ(outcome(R"({"all":)" + two + R"(,{"must":{"type":"t.note"}}]})"),
            "pending due 2024-06-05");
}

TEST(ReplayEdge, ARebindingKeepsWhatFailedBeforeAndAVoidAfterItDoesNotUndoIt) {
  EdgeCase edge(R"("each":{"type":"t.note"},"require":{"has":"$x.text"})");
  const Act note = edge.Add("t.note", "{}");
  edge.Rebind(kNothing);
  edge.Rebind(R"("each":{"type":"t.ask"},"require":true)");
  EXPECT_EQ(edge.Outcome("R"), "fail kept");
  edge.Void(note);
  EXPECT_EQ(edge.Outcome("R"), "fail kept");
  for (int i = 0; i < 6; ++i) edge.Rebind(kNothing);
  EXPECT_EQ(edge.Outcome("R"), "fail kept");
  edge.Rebind(kNothing);
  EXPECT_EQ(edge.Outcome("R"), "not judged");
}

TEST(ReplayEdge, AFailInASegmentThatWasReopenedIsRemedied) {
  EdgeCase edge(R"("each":{"type":"t.step"},"require":{"has":"$x.text"})", "officer");
  edge.Add("t.step", "{}", {"P1"});
  EXPECT_EQ(edge.Outcome("R", "P1"), "fail");
  edge.Add("t.back");  // carries no key
  EXPECT_EQ(edge.Outcome("R", "P1"), "fail");
  const Act back = edge.Add("t.back", "", {"P1"});
  EXPECT_EQ(edge.Outcome("R", "P1"), "fail remedied");
  edge.Void(back);
  EXPECT_EQ(edge.Outcome("R", "P1"), "fail corrected");
}

TEST(ReplayEdge, AReopeningActOpensTheSegmentThatItLiesIn) {
  EdgeCase edge(R"("each":{"type":"t.back","as":"x"},
      "require":{"exists":{"type":"t.step","before":"x","segment":"x"}})",
                "officer");
  edge.Add("t.step", "", {"P1"});
  edge.Add("t.back", "", {"P1"});
  EXPECT_EQ(edge.Outcome("R", "P1"), "fail");
}

TEST(ReplayEdge, AnEmptyRecordIsJudged) {
  EdgeCase edge(R"("require":{"must":{"type":"t.note"}})");
  EXPECT_EQ(edge.Outcome("R"), "pending");
}

}  // namespace
}  // namespace jejak::procedure
