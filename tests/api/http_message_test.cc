// SPDX-License-Identifier: Apache-2.0
#include "api/http_message.h"

#include <gtest/gtest.h>

#include "api/http_framing.h"

namespace jejak::api {
namespace {

using namespace std::string_literals;

TEST(ParsePath, GivesTheOneReading) {
  EXPECT_EQ(*ParsePath("/"), "/");
  EXPECT_EQ(*ParsePath("/1/"), "/1/");
  EXPECT_EQ(*ParsePath("/1/tile/0/x001/234.p/5"), "/1/tile/0/x001/234.p/5");
  EXPECT_EQ(*ParsePath("/1/v1/actions:batch"), "/1/v1/actions:batch");
  EXPECT_EQ(*ParsePath("/%61%C3%A9+b"), "/a\xc3\xa9+b");
  EXPECT_EQ(*ParsePath("/a/..."), "/a/...");
}

TEST(ParsePath, RefusesWhatHasTwoReadings) {
  for (const std::string& path :
       {""s,       "a"s,     "//"s,        "//a"s,  "/a//b"s,  "/."s,       "/.."s,
        "/a/./b"s, "/%2e"s,  "/%2E%2e/a"s, "/%2f"s, "/a%5Cb"s, "/%"s,       "/%4"s,
        "/%g0"s,   "/%00"s,  "/%0a"s,      "/%7f"s, "/%ff"s,   "/%C0%AF"s,  "/%ED%A0%80"s,
        "/a b"s,   "/a\"b"s, "/a|b"s,      "/a?b"s, "/a#b"s,   "/\xc3\xa9"s}) {
    EXPECT_FALSE(ParsePath(path).ok()) << path;
  }
}

TEST(QueryParameters, DecodesAndKeepsTheOrder) {
  const auto query = QueryParameters::Parse("stage=open&unit=kota%2Fa&q=a+b%2B&empty=&e=x=y");
  ASSERT_TRUE(query.ok());
  ASSERT_EQ(query->pairs().size(), 5u);
  EXPECT_EQ(query->pairs()[1].first, "unit");
  EXPECT_EQ(*query->Find("unit"), "kota/a");
  EXPECT_EQ(*query->Find("q"), "a b+");
  EXPECT_EQ(*query->Find("empty"), "");
  EXPECT_EQ(*query->Find("e"), "x=y");
  EXPECT_EQ(query->Find("none"), nullptr);
  EXPECT_TRUE(QueryParameters::Parse("")->pairs().empty());
}

TEST(QueryParameters, RefusesWhatIsNotStrict) {
  for (const std::string& query :
       {"a"s, "=b"s, "a=1&a=2"s, "a=1&%61=2"s, "a=1&"s, "&a=1"s, "a=1&&b=2"s, "a=%"s, "a=%1"s,
        "a=%zz"s, "a=%00"s, "a=%0A"s, "a=%ff"s, "a= b"s, "a=[1]"s, "a=b#c"s, "a=\xc3\xa9"s}) {
    EXPECT_FALSE(QueryParameters::Parse(query).ok()) << query;
  }
}

TEST(QueryParameters, TakesThirtyTwoAndNoMore) {
  std::string query = "a0=";
  for (int i = 1; i < 32; ++i) query += "&a" + std::to_string(i) + "=";
  EXPECT_TRUE(QueryParameters::Parse(query).ok());
  EXPECT_FALSE(QueryParameters::Parse(query + "&b=").ok());
}

TEST(EncodeResponseHead, TellsStatusLengthAndFields) {
  Response response = MakeResponse(404, "text/plain", "gone");
  EXPECT_EQ(*EncodeResponseHead(response, "DATE", false),
            "HTTP/1.1 404 Not Found\r\nDate: DATE\r\nContent-Length: 4\r\n"
            "Content-Type: text/plain\r\n\r\n");
  response.shared_body = std::make_shared<const std::string>("longer");
  EXPECT_EQ(*EncodeResponseHead(response, "DATE", true),
            "HTTP/1.1 404 Not Found\r\nDate: DATE\r\nContent-Length: 6\r\nConnection: close\r\n"
            "Content-Type: text/plain\r\n\r\n");
  Response unchanged;
  unchanged.status = 304;
  EXPECT_EQ(*EncodeResponseHead(unchanged, "D", false),
            "HTTP/1.1 304 Not Modified\r\nDate: D\r\n\r\n");
}

TEST(EncodeResponseHead, FixedFieldsAreWholeLinesBeforeTheOthers) {
  for (std::size_t i = 0; i < kFixedFieldCount; ++i) {
    Response response;
    response.Add(static_cast<FixedField>(i));
    const std::string head = *EncodeResponseHead(response, "D", false);
    const std::string before = "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 0\r\n";
    ASSERT_TRUE(head.starts_with(before) && head.ends_with("\r\n\r\n")) << head;
    const std::string line = head.substr(before.size(), head.size() - before.size() - 4);
    const std::size_t colon = line.find(": ");
    ASSERT_NE(colon, line.npos) << line;
    EXPECT_TRUE(IsToken(line.substr(0, colon)) && IsFieldValue(line.substr(colon + 2))) << line;
  }
  Response both = MakeResponse(200, "text/html", {});
  both.Add(FixedField::kNosniff);
  EXPECT_EQ(*EncodeResponseHead(both, "D", false),
            "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 0\r\n"
            "X-Content-Type-Options: nosniff\r\nContent-Type: text/html\r\n\r\n");
}

TEST(Response, PutsOneFixedFieldInThePlaceOfAnother) {
  Response response;
  response.Add(FixedField::kMinutes);
  response.Replace(FixedField::kImmutable, FixedField::kNosniff);
  response.Replace(FixedField::kMinutes, FixedField::kNeverStored);
  EXPECT_EQ(*EncodeResponseHead(response, "D", false),
            "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\r\n");
}

TEST(EncodePercent, LeavesUnreservedCharactersAlone) {
  EXPECT_EQ(EncodePercent("azAZ09-._~"), "azAZ09-._~");
  EXPECT_EQ(EncodePercent("kota/a b&c=%+\xC3\xBC"), "kota%2Fa%20b%26c%3D%25%2B%C3%BC");
  EXPECT_EQ(DecodePercent(EncodePercent("kota/a b&c=%+\xC3\xBC")).value(), "kota/a b&c=%+\xC3\xBC");
}

TEST(AppendResponseHead, LeavesTheTextAloneWhenItRefuses) {
  std::string text = "before";
  Response response = MakeResponse(200, "a\nb", {});
  EXPECT_FALSE(AppendResponseHead(text, response, "D", false));
  EXPECT_EQ(text, "before");
}

TEST(EncodeResponseHead, RefusesWhatWouldSplitIt) {
  const std::vector<Header> bad = {{"X-A", "b\r\nX-C: d"},
                                   {"X-A", "b\nc"},
                                   {"X-A", "b\0c"s},
                                   {"X A", "b"},
                                   {"", "b"},
                                   {"X\r\n", "b"},
                                   {"Content-Length", "5"},
                                   {"connection", "close"},
                                   {"Transfer-Encoding", "chunked"},
                                   {"DATE", "now"}};
  for (const Header& header : bad) {
    Response response;
    response.headers.push_back(header);
    EXPECT_FALSE(EncodeResponseHead(response, "D", false).has_value()) << header.name;
  }
  for (int status : {0, 100, 199, 600, -1}) {
    Response response;
    response.status = status;
    EXPECT_FALSE(EncodeResponseHead(response, "D", false).has_value()) << status;
  }
}

TEST(FormatHttpDate, IsAnImfFixdate) {
  EXPECT_EQ(FormatHttpDate(UnixSeconds{784111777}), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(FormatHttpDate(UnixSeconds{0}), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(FormatHttpDate(UnixSeconds{1709210096}), "Thu, 29 Feb 2024 12:34:56 GMT");
  EXPECT_EQ(FormatHttpDate(UnixSeconds{-5}), "Thu, 01 Jan 1970 00:00:00 GMT");
}

}  // namespace
}  // namespace jejak::api
