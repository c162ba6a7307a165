// SPDX-License-Identifier: Apache-2.0
#include "tests/api/http_shapes.h"

namespace jejak::api {
namespace {

// Behind every refused request stands one that must never be answered.
constexpr std::string_view kNext = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

std::string Get(std::string_view fields) {
  return "GET /a HTTP/1.1\r\nHost: h\r\n" + std::string(fields) + "\r\n";
}

std::string Post(std::string_view fields, std::string_view body) {
  return "POST /a HTTP/1.1\r\nHost: h\r\n" + std::string(fields) + "\r\n" + std::string(body);
}

std::string Chunked(std::string_view body) { return Post("Transfer-Encoding: chunked\r\n", body); }

Shape Good(std::string_view name, std::string bytes, std::vector<int> statuses) {
  return {name, std::move(bytes), std::move(statuses), {}};
}

Shape Bad(std::string_view name, std::string bytes, int status, std::string_view code) {
  return {name, std::move(bytes) + std::string(kNext), {status}, code};
}

Shape Framing(std::string_view name, std::string bytes) {
  return Bad(name, std::move(bytes), 400, "bad_framing");
}

Shape Target(std::string_view name, std::string_view target) {
  return Bad(name, "GET " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n\r\n", 400,
             "bad_request");
}

std::string Fields(int count) {
  std::string fields;
  for (int i = 0; i < count; ++i) fields += "X-" + std::to_string(i) + ": v\r\n";
  return fields;
}

void AddGood(std::vector<Shape>& s) {
  s.push_back(Good("get", Get(""), {200}));
  s.push_back(Good("get_keeps_alive", Get("") + Get(""), {200, 200}));
  s.push_back(Good("connection_close_ends", Get("Connection: close\r\n") + Get(""), {200}));
  s.push_back(Good("close_in_a_list_ends", Get("Connection: x, Close\r\n") + Get(""), {200}));
  s.push_back(Good("head", "HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n" + Get(""), {200, 200}));
  s.push_back(Good("http_1_0_ends", "GET /a HTTP/1.0\r\nHost: h\r\n\r\n" + Get(""), {200}));
  s.push_back(Good("http_1_0_keep_alive_ends",
                   "GET /a HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n" + Get(""),
                   {200}));
  s.push_back(Good("query", "GET /a?b=c&d=%20 HTTP/1.1\r\nHost: h\r\n\r\n", {200}));
  s.push_back(Good("length", Post("Content-Length: 5\r\n", "hello") + Get(""), {200, 200}));
  s.push_back(Good("length_zero", Post("Content-Length: 0\r\n", "") + Get(""), {200, 200}));
  s.push_back(Good("get_length_zero", Get("Content-Length: 0\r\n") + Get(""), {200, 200}));
  s.push_back(Good("post_without_length", Post("", "") + Get(""), {200, 200}));
  s.push_back(Good("chunked", Chunked("5\r\nhello\r\n0\r\n\r\n") + Get(""), {200, 200}));
  s.push_back(
      Good("chunked_twice", Chunked("2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n") + Get(""), {200, 200}));
  s.push_back(Good("chunked_upper",
                   Post("Transfer-Encoding: CHUNKED\r\n", "A\r\n0123456789\r\n0\r\n\r\n"), {200}));
  std::string ten;
  for (int i = 0; i < 10; ++i) ten += "1\r\nb\r\n";
  s.push_back(Good("chunked_in_ten", Chunked(ten + "0\r\n\r\n") + Get(""), {200, 200}));
  s.push_back(Good("chunked_empty", Chunked("0\r\n\r\n") + Get(""), {200, 200}));
  s.push_back(Good("blanks_around_a_value", Get("X-A:  \tv\t \r\n"), {200}));
  s.push_back(Good("empty_value", Get("X-A:\r\n"), {200}));
  s.push_back(Good("high_bit_in_a_value", Get("X-A: caf\xc3\xa9\r\n"), {200}));
  s.push_back(Good("fields_64", "GET /a HTTP/1.1\r\nHost: h\r\n" + Fields(63) + "\r\n", {200}));
  s.push_back(Good("host_with_port", "GET /a HTTP/1.1\r\nhost: [::1]:80\r\n\r\n", {200}));
  s.push_back(Good("continue_with_the_body",
                   Post("Expect: 100-continue\r\nContent-Length: 2\r\n", "hi"), {200}));
}

// The eleven that Beast lets through.
void AddHoles(std::vector<Shape>& s) {
  s.push_back(
      Framing("length_twice_equal", Post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")));
  s.push_back(Framing("length_list", Post("Content-Length: 5, 5\r\n", "hello")));
  s.push_back(Bad("coding_unknown", Post("Transfer-Encoding: gzip\r\n", "hello"), 501,
                  "unsupported_transfer"));
  s.push_back(Bad("coding_chunked_identity",
                  Post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), 501,
                  "unsupported_transfer"));
  s.push_back(Framing("coding_folded", Post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")));
  s.push_back(
      Framing("chunked_in_1_0",
              "POST /a HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
  s.push_back(Framing("host_missing", "GET /a HTTP/1.1\r\n\r\n"));
  s.push_back(Framing("host_twice", Get("Host: h\r\n")));
  s.push_back(Framing("target_high_bit", "GET /\xc3\xa9 HTTP/1.1\r\nHost: h\r\n\r\n"));
  s.push_back(Framing("get_with_body", Get("Content-Length: 5\r\n") + "hello"));
  s.push_back(Bad("fields_65", "GET /a HTTP/1.1\r\nHost: h\r\n" + Fields(64) + "\r\n", 431,
                  "header_too_large"));
}

void AddLengthsAndCodings(std::vector<Shape>& s) {
  const std::string coding = "Transfer-Encoding: chunked\r\n";
  s.push_back(Framing("length_then_coding", Post("Content-Length: 5\r\n" + coding, "0\r\n\r\n")));
  s.push_back(Framing("coding_then_length", Post(coding + "Content-Length: 5\r\n", "0\r\n\r\n")));
  s.push_back(
      Framing("lengths_differ", Post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!")));
  s.push_back(Framing("length_signed", Post("Content-Length: +5\r\n", "hello")));
  s.push_back(Framing("length_negative", Post("Content-Length: -5\r\n", "hello")));
  s.push_back(Framing("length_leading_zero", Post("Content-Length: 05\r\n", "hello")));
  s.push_back(Framing("length_hex", Post("Content-Length: 0x5\r\n", "hello")));
  s.push_back(Framing("length_empty", Post("Content-Length:\r\n", "hello")));
  s.push_back(
      Framing("length_overflow", Post("Content-Length: 18446744073709551621\r\n", "hello")));
  s.push_back(Framing("length_blank_inside", Post("Content-Length: 5 5\r\n", "hello")));
  s.push_back(Framing("coding_twice", Post(coding + coding, "0\r\n\r\n")));
  s.push_back(Bad("coding_gzip_chunked", Post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
                  501, "unsupported_transfer"));
  s.push_back(Bad("coding_quoted", Post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 501,
                  "unsupported_transfer"));
  s.push_back(Bad("coding_parameter", Post("Transfer-Encoding: chunked;a=b\r\n", "0\r\n\r\n"), 501,
                  "unsupported_transfer"));
  s.push_back(Bad("coding_empty", Post("Transfer-Encoding:\r\n", "0\r\n\r\n"), 501,
                  "unsupported_transfer"));
  s.push_back(
      Framing("coding_vertical_tab", Post("Transfer-Encoding: \vchunked\r\n", "0\r\n\r\n")));
  s.push_back(Framing("name_blank_colon", Post("Content-Length : 5\r\n", "hello")));
  s.push_back(Framing("delete_with_body",
                      "DELETE /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"));
  s.push_back(Framing("get_chunked", Get(coding) + "0\r\n\r\n"));
}

void AddChunks(std::vector<Shape>& s) {
  s.push_back(Framing("chunk_size_word", Chunked("x\r\nhello\r\n0\r\n\r\n")));
  s.push_back(Framing("chunk_size_empty", Chunked("\r\nhello\r\n0\r\n\r\n")));
  s.push_back(Framing("chunk_size_nothing", Chunked("\r\n\r\n")));
  s.push_back(Framing("chunk_size_nine_digits", Chunked("000000005\r\nhello\r\n0\r\n\r\n")));
  s.push_back(Framing("chunk_size_prefix", Chunked("0x5\r\nhello\r\n0\r\n\r\n")));
  s.push_back(Framing("chunk_size_negative", Chunked("-5\r\nhello\r\n0\r\n\r\n")));
  s.push_back(Framing("chunk_size_plus", Chunked("+5\r\nhello\r\n0\r\n\r\n")));
  s.push_back(Framing("chunk_size_overflow", Chunked("10000000000000005\r\nhello\r\n0\r\n\r\n")));
  s.push_back(
      Bad("chunk_size_huge", Chunked("fffffff0\r\nhello\r\n0\r\n\r\n"), 413, "body_too_large"));
  s.push_back(Framing("chunk_size_blank", Chunked("5 \r\nhello\r\n0\r\n\r\n")));
  s.push_back(Framing("chunk_blank_size", Chunked(" 5\r\nhello\r\n0\r\n\r\n")));
  s.push_back(Framing("chunk_extension", Chunked("5;a=b\r\nhello\r\n0\r\n\r\n")));
  s.push_back(Framing("chunk_last_extension", Chunked("5\r\nhello\r\n0;a\r\n\r\n")));
  s.push_back(Framing("chunk_bare_lf", Chunked("5\nhello\r\n0\r\n\r\n")));
  s.push_back(Framing("chunk_end_bare_lf", Chunked("5\r\nhello\n0\r\n\r\n")));
  s.push_back(Framing("chunk_too_long", Chunked("5\r\nhello!\r\n0\r\n\r\n")));
  s.push_back(Framing("chunk_too_short", Chunked("6\r\nhello\r\n0\r\n\r\n")));
  s.push_back(Framing("trailer", Chunked("0\r\nX-A: b\r\n\r\n")));
  s.push_back(Framing("trailer_length", Chunked("0\r\nContent-Length: 9\r\n\r\n")));
  s.push_back(Framing("trailer_folded", Chunked("0\r\n a\r\n\r\n")));
}

void AddOctets(std::vector<Shape>& s) {
  using namespace std::string_literals;
  s.push_back(Framing("bare_lf", "GET /a HTTP/1.1\nHost: h\n\n"));
  s.push_back(Framing("bare_lf_in_a_field", Get("X-A: b\nX-C: d\r\n")));
  s.push_back(Framing("bare_cr_in_a_field", Get("X-A: b\rX-C: d\r\n")));
  s.push_back(Framing("cr_cr_lf", Get("X-A: b\r\r\n")));
  s.push_back(Framing("nul_in_a_value", Get("X-A: b\0c\r\n"s)));
  s.push_back(Framing("nul_in_the_target", "GET /\0a HTTP/1.1\r\nHost: h\r\n\r\n"s));
  s.push_back(Framing("del_in_a_value", Get("X-A: b\x7f\r\n")));
  s.push_back(Framing("nul_in_a_name", Get("X\0A: b\r\n"s)));
  s.push_back(Framing("high_bit_in_a_name", Get("X-\xc3\xa9: b\r\n")));
  s.push_back(Framing("fold_space", Get("X-A: b\r\n c\r\n")));
  s.push_back(Framing("fold_tab", Get("X-A: b\r\n\tc\r\n")));
  s.push_back(Framing("first_field_folded", "GET /a HTTP/1.1\r\n Host: h\r\nHost: h\r\n\r\n"));
  s.push_back(Framing("empty_line_first", "\r\n" + Get("")));
  s.push_back(Framing("field_without_colon", Get("X-A\r\n")));
  s.push_back(Framing("field_without_name", Get(": b\r\n")));
  s.push_back(Framing("blank_in_a_name", Get("X A: b\r\n")));
  s.push_back(Framing("host_empty", "GET /a HTTP/1.1\r\nHost:\r\n\r\n"));
  s.push_back(Framing("host_with_path", "GET /a HTTP/1.1\r\nHost: h/x\r\n\r\n"));
  s.push_back(Framing("host_list", "GET /a HTTP/1.1\r\nHost: h, g\r\n\r\n"));
}

void AddRequestLines(std::vector<Shape>& s) {
  s.push_back(Framing("version_2", "GET /a HTTP/2.0\r\nHost: h\r\n\r\n"));
  s.push_back(Framing("version_1_2", "GET /a HTTP/1.2\r\nHost: h\r\n\r\n"));
  s.push_back(Framing("version_0_9", "GET /a\r\n\r\n"));
  s.push_back(Framing("version_lower", "GET /a http/1.1\r\nHost: h\r\n\r\n"));
  s.push_back(Framing("two_blanks", "GET  /a HTTP/1.1\r\nHost: h\r\n\r\n"));
  s.push_back(Framing("tab_for_blank", "GET\t/a\tHTTP/1.1\r\nHost: h\r\n\r\n"));
  s.push_back(Framing("blank_in_the_target", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"));
  s.push_back(Framing("blank_at_the_end", "GET /a HTTP/1.1 \r\nHost: h\r\n\r\n"));
  s.push_back(Framing("blank_first", " GET /a HTTP/1.1\r\nHost: h\r\n\r\n"));
  s.push_back(Bad("method_lower", "get /a HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"));
  s.push_back(Target("target_absolute", "http://h/a"));
  s.push_back(Target("target_star", "*"));
  s.push_back(Target("target_authority", "h:443"));
  s.push_back(Target("target_dots", "/a/../b"));
  s.push_back(Target("target_encoded_dots", "/a/%2e%2E/b"));
  s.push_back(Target("target_empty_segment", "/a//b"));
  s.push_back(Target("target_encoded_slash", "/a%2Fb"));
  s.push_back(Target("target_encoded_nul", "/a%00"));
  s.push_back(Target("target_bad_percent", "/a%zz"));
  s.push_back(Target("target_not_utf8", "/%c3%28"));
  s.push_back(Target("target_backslash", "/a\\b"));
  s.push_back(Framing("http2_preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
  s.push_back(Framing("tls_hello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01", 8)));
  s.push_back(Bad("expectation_unknown", Post("Expect: gold\r\nContent-Length: 2\r\n", "hi"), 417,
                  "expectation_failed"));
  s.push_back(Bad("header_8193", Get("X-A: " + std::string(8193 - 35, 'v') + "\r\n"), 431,
                  "header_too_large"));
  s.push_back(Bad("line_without_end", "GET /" + std::string(9000, 'a'), 431, "header_too_large"));
  s.push_back(
      Bad("body_over_the_limit", Post("Content-Length: 1001\r\n", ""), 413, "body_too_large"));
  s.push_back(Bad("chunks_over_the_limit",
                  Chunked("3e8\r\n" + std::string(1000, 'b') + "\r\n1\r\nb\r\n0\r\n\r\n"), 413,
                  "body_too_large"));
}

}  // namespace

const std::vector<Shape>& Shapes() {
  static const std::vector<Shape> shapes = [] {
    std::vector<Shape> s;
    AddGood(s);
    AddHoles(s);
    AddLengthsAndCodings(s);
    AddChunks(s);
    AddOctets(s);
    AddRequestLines(s);
    return s;
  }();
  return shapes;
}

}  // namespace jejak::api
