// SPDX-License-Identifier: Apache-2.0
#include "tests/procedure/story_record.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "ledger/base/text.h"

namespace jejak::procedure::story {
namespace {

constexpr std::string_view kCase = "5MG3Z0FSDG8122AFHMEK5J0EY2/";
constexpr std::int64_t kEntryDelay_s = 60;
constexpr std::int64_t kDay_s = 86400;
constexpr std::uint64_t kFirstIndex = 100;  // below it: what was published before the case
constexpr std::uint64_t kStride = 10;       // between entries of the case; calendars fit in between

At AtOf(const std::string& text) {
  const auto at = ParseAt(text);
  if (!at.ok()) throw std::runtime_error("no time: " + text);
  return *at;
}

// The id that stands for the action with this number in the unedited story.
Digest IdOf(int original) {
  Digest id;
  id.bytes.fill(0xa5);
  for (std::size_t i = 0; i < 4; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint32_t>(original) >> (8 * i));
  }
  return id;
}

std::uint64_t IndexOf(std::size_t seq) { return kFirstIndex + kStride * (seq + 1); }

const Definition& DefinitionIn(const std::string& file) {
  static std::map<std::string, Definition> definitions;
  const auto found = definitions.find(file);
  if (found != definitions.end()) return found->second;
  auto parsed = ParseDefinition(ReadText("docs/procedures/" + file));
  if (!parsed.definition) throw std::runtime_error(file + ": " + parsed.Explain());
  return definitions.emplace(file, *std::move(parsed.definition)).first->second;
}

Calendar CalendarIn(const std::string& file) {
  const std::string shipped = "docs/procedures/" + file;
  const bool ships = std::ifstream(JEJAK_SOURCE_DIR "/" + shipped).good();
  auto parsed = ParseCalendar(ReadText(ships ? shipped : "tests/vectors/procedure/" + file));
  if (!parsed.calendar) throw std::runtime_error(file + ": " + parsed.Explain());
  return *std::move(parsed.calendar);
}

// A body, and the openings of what is sealed in it.
class BodyBuilder final {
 public:
  json::Value Build(const Json& value, const std::string& pointer) {
    if (value.is_object()) return BuildObject(value, pointer);
    if (value.is_array()) return BuildArray(value, pointer);
    if (value.is_boolean()) return json::Value::Bool(value.get<bool>());
    if (value.is_number_integer()) return json::Value::Integer(value.get<std::int64_t>());
    if (value.is_string()) return json::Value::String(value.get<std::string>());
    if (value.is_null()) return {};
    throw std::runtime_error("no value of a body at " + pointer);
  }

  std::vector<OpenedField> openings;

 private:
  json::Value BuildObject(const Json& value, const std::string& pointer) {
    if (value.contains("$seal")) return Seal(pointer, Build(value["$seal"], pointer));
    if (value.contains("$attach")) return Attach(pointer, value["$attach"].get<std::string>());
    if (value.contains("$action")) {
      return json::Value::String(EncodeHash(IdOf(value["$action"].get<int>())));
    }
    json::Value object = json::Value::Object();
    for (const auto& [name, member] : value.items()) {
      std::string place = pointer + "/";
      object.Add(name, Build(member, place += name));
    }
    return object;
  }

  json::Value BuildArray(const Json& value, const std::string& pointer) {
    json::Value list = json::Value::Array();
    for (std::size_t i = 0; i < value.size(); ++i) {
      list.Push(Build(value[i], pointer + "/" + std::to_string(i)));
    }
    return list;
  }

  json::Value Seal(const std::string& pointer, json::Value value) {
    openings.push_back({pointer, std::move(value)});
    json::Value sealed = json::Value::Object();
    sealed.Add("$sealed", json::Value::String(EncodeHash(IdOf(0))));
    return sealed;
  }

  json::Value Attach(const std::string& pointer, const std::string& text) {
    json::Value value = json::Value::Object();
    value.Add("sha256", json::Value::String(EncodeHash(IdOf(0))));
    value.Add("size", json::Value::Integer(static_cast<std::int64_t>(text.size())));
    value.Add("media", json::Value::String("text/plain"));
    return Seal(pointer, std::move(value));
  }
};

}  // namespace

Json ReadJson(const std::string& path) { return Json::parse(ReadText(path)); }

Holdings Holdings::Named(const std::string& contents) {
  if (contents == "all") return {};
  if (contents == "no_sealed") return {.openings = false};
  if (contents == "none") return {.bodies = false, .openings = false};
  if (contents == "no_definition" || contents == "no_calendar") return {.documents = false};
  throw std::runtime_error("unknown contents: " + contents);
}

StoryRecord::StoryRecord(Json story) : story_(std::move(story)) {
  for (const Json& action : story_.at("actions")) steps_.push_back({++actions_, action});
}

std::vector<StoryRecord::Step>::iterator StoryRecord::Find(int original) {
  const auto found = std::find_if(steps_.begin(), steps_.end(),
                                  [&](const Step& step) { return step.original == original; });
  if (found != steps_.end()) return found;
  throw std::runtime_error("no action " + std::to_string(original));
}

int StoryRecord::NumberNow(int original) const {
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (steps_[i].original == original) return static_cast<int>(i) + 1;
  }
  throw std::runtime_error("action " + std::to_string(original) + " is named and not there");
}

void StoryRecord::Insert(int before, int original, Json action) {
  const auto place = before == actions_ + 1 ? steps_.end() : Find(before);
  steps_.insert(place, {original, std::move(action)});
}

void StoryRecord::Move(int original, int before) {
  const auto from = Find(original);
  Json action = std::move(from->action);
  steps_.erase(from);
  Insert(before, original, std::move(action));
}

void StoryRecord::ApplyOne(const Json& edit) {
  const std::string op = edit.at("op");
  if (op == "signer") {
    story_["signers"][edit.at("name").get<std::string>()] = edit.at("value");
  } else if (op == "calendar") {
    story_["calendar"] = edit.at("value");
  } else if (op == "insert") {
    Insert(edit.at("before"), -++inserted_, edit.at("value"));
  } else if (op == "move") {
    Move(edit.at("action"), edit.at("before"));
  } else if (op == "remove") {
    steps_.erase(Find(edit.at("action")));
  } else {
    const Json::json_pointer path(edit.at("path").get<std::string>());
    Json& action = Find(edit.at("action"))->action;
    if (op == "set") {
      action[path] = edit.at("value");
    } else if (op != "unset" || action.at(path.parent_pointer()).erase(path.back()) != 1) {
      throw std::runtime_error("no edit: " + edit.dump());
    }
  }
}

void StoryRecord::Apply(const Json& edits) {
  for (const Json& edit : edits) ApplyOne(edit);
}

std::vector<UnixSeconds> StoryRecord::EntryTimes() const {
  std::vector<UnixSeconds> times;
  for (const Step& step : steps_) {
    const Json& action = step.action;
    UnixSeconds time = action.contains("entered")
                           ? AtOf(action["entered"]).instant
                           : UnixSeconds{AtOf(action.at("at")).instant.value + kEntryDelay_s};
    if (!times.empty()) time = std::max(time, times.back());
    times.push_back(time);
  }
  return times;
}

void StoryRecord::AddSigners(const Step& step, std::vector<std::string>& introduced,
                             Act& act) const {
  for (const Json& by : step.action.at("by")) {
    const std::string name = by.at(0);
    const std::string role = by.at(1);
    const Json& signer = story_.at("signers").at(name);
    if (!signer.value("party", false)) {
      act.by.push_back({name, role, signer.at("holder"), signer.value("unit", ""), ""});
      continue;
    }
    const std::string key = std::string(kCase) + name;
    act.by.push_back({key, role, key, "", name});
    if (std::find(introduced.begin(), introduced.end(), name) != introduced.end()) continue;
    introduced.push_back(name);
    act.parties.emplace_back(role, name);
  }
}

void StoryRecord::AddBody(const Json& action, const Holdings& holdings, Act& act) const {
  if (!action.contains("body")) return;
  act.body_state = BodyState::kAbsent;
  if (!holdings.bodies) return;
  act.body_state = BodyState::kUnfit;
  if (action["body"].is_string()) return;
  act.body_state = BodyState::kPresent;
  BodyBuilder builder;
  act.body = builder.Build(action["body"], "");
  if (holdings.openings) act.opened = std::move(builder.openings);
}

Record StoryRecord::AsOf(UnixSeconds now, const Holdings& holdings) const {
  Record record;
  const std::vector<UnixSeconds> entered = EntryTimes();
  std::vector<std::string> introduced;
  for (std::size_t seq = 0; seq < steps_.size() && entered[seq] <= now; ++seq) {
    const Json& action = steps_[seq].action;
    Act act;
    act.index = IndexOf(seq);
    act.seq = seq;
    act.id = IdOf(steps_[seq].original);
    act.type = action.at("type");
    act.about = action.value("about", std::vector<std::string>{});
    act.at = AtOf(action.at("at"));
    act.entered = entered[seq];
    act.after = !action.contains("seen");
    act.position = act.after ? seq : static_cast<std::uint64_t>(NumberNow(action["seen"]));
    AddSigners(steps_[seq], introduced, act);
    AddBody(action, holdings, act);
    record.numbers.emplace(act.index, static_cast<int>(seq) + 1);
    record.acts.push_back(std::move(act));
  }
  AddCalendars(now, entered, record);
  AddBindings(record);
  return record;
}

// One entered before the case has a low index; another stands before the first action that isn't
// entered earlier.
void StoryRecord::AddCalendars(UnixSeconds now, const std::vector<UnixSeconds>& entered,
                               Record& record) const {
  record.calendars = std::make_unique<std::vector<CalendarVersion>>();
  std::uint64_t published = 1;
  for (const Json& version : story_.at("calendar")) {
    UnixSeconds time{entered.at(0).value - kDay_s};
    std::uint64_t index = published;
    if (version.contains("entered")) {
      time = AtOf(version["entered"]).instant;
      const auto seq = std::lower_bound(entered.begin(), entered.end(), time) - entered.begin();
      index = IndexOf(static_cast<std::size_t>(seq)) - kStride + published;
    }
    ++published;
    if (time > now) continue;
    record.calendars->push_back({index, time, CalendarIn(version.at("file"))});
  }
}

void StoryRecord::AddBindings(Record& record) const {
  for (std::size_t seq = 0; seq < record.acts.size(); ++seq) {
    const Json& action = steps_[seq].action;
    if (seq > 0 && action.at("type") != kRebind) continue;
    const std::string file =
        seq > 0 ? action.at("under") : action.value("under", story_.at("procedure"));
    const std::uint64_t publish_index = 50 + record.bindings.size();
    record.bindings.push_back({seq, &DefinitionIn(file), publish_index, *record.calendars});
  }
}

}  // namespace jejak::procedure::story
