// SPDX-License-Identifier: Apache-2.0
// A value or the reason why there is none (design/style.md, rule 7).
//
//   Result<Entry> ParseEntry(std::string_view leaf);
//
//   Result<Entry> Load(std::string_view leaf) {
//     JEJAK_TRY(entry, ParseEntry(leaf));
//     JEJAK_CHECKED(CheckChain(entry));
//     return std::move(entry);
//   }
//
// The pure rooms are built without exceptions; this is the one way in which they report a fault.
// A proof that does not hold is not an error: verification returns a verdict.
// Threads: values, no shared state.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace jejak {

// What the caller can do about it. The edges translate each code once, to an HTTP status or to an
// exit code.
enum class Code : std::uint8_t {
  kMalformed,       // 400: the bytes are not what they should be; sending them again is useless
  kForbidden,       // 403: not by this key, in this role, for this log
  kNotFound,        // 404: no such thing, now
  kConflict,        // 409: what was read has moved on; read again and decide again
  kRefused,         // 422: understood and not acceptable
  kUnavailable,     // 503: try again later
  kUnknownOutcome,  // 503: it may or may not have happened; stop, reload, never guess
  kInternal,        // 500: a fault of ours
};

// `detail` is one lower-case sentence that names the field and the mend. It never repeats contents:
// details go to logs and to screens, contents may be personal or hostile.
struct Error {
  Code code = Code::kInternal;
  std::string detail;
};

inline Error Malformed(std::string detail) { return {Code::kMalformed, std::move(detail)}; }
inline Error Forbidden(std::string detail) { return {Code::kForbidden, std::move(detail)}; }
inline Error NotFound(std::string detail) { return {Code::kNotFound, std::move(detail)}; }
inline Error Conflict(std::string detail) { return {Code::kConflict, std::move(detail)}; }
inline Error Refused(std::string detail) { return {Code::kRefused, std::move(detail)}; }
inline Error Unavailable(std::string detail) { return {Code::kUnavailable, std::move(detail)}; }
inline Error UnknownOutcome(std::string detail) {
  return {Code::kUnknownOutcome, std::move(detail)};
}
inline Error Internal(std::string detail) { return {Code::kInternal, std::move(detail)}; }

// A T or an Error, never both and never neither. `value()` of an error and `error()` of a value are
// faults of the program, whatever the input was; they abort.
template <class T>
class [[nodiscard]] Result {
 public:
  // Implicit, so that values and errors return alike. NOLINTBEGIN(google-explicit-constructor)
  template <class U = T>
  requires(std::is_convertible_v<U&&, T> && !std::is_same_v<std::remove_cvref_t<U>, Result> &&
           !std::is_same_v<std::remove_cvref_t<U>, Error>) Result(U&& value)
      : state_(std::in_place_index<0>, std::forward<U>(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
  // NOLINTEND(google-explicit-constructor)
  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return *Held<0>(state_); }
  const T& value() const& { return *Held<0>(state_); }
  T&& value() && { return std::move(*Held<0>(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return Held<0>(state_); }
  const T* operator->() const { return Held<0>(state_); }

  const Error& error() const& { return *Held<1>(state_); }
  Error&& error() && { return std::move(*Held<1>(state_)); }

 private:
  template <std::size_t kIndex, class State>
  static auto Held(State& state) {
    auto* held = std::get_if<kIndex>(&state);
    if (held == nullptr) std::abort();
    return held;
  }

  std::variant<T, Error> state_;
};

// Success without a value; default constructed it is success.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;  // NOLINTNEXTLINE(google-explicit-constructor)
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }

  const Error& error() const& {
    if (ok()) std::abort();
    return *error_;
  }
  Error&& error() && {
    if (ok()) std::abort();
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

}  // namespace jejak

// Declares `var` as a reference to the value of `expr`, or returns its error from this function.
// `var` lives to the end of the enclosing block; move out of it with std::move(var).
#define JEJAK_TRY(var, expr)                                            \
  auto var##_or_error_ = (expr);                                        \
  if (!var##_or_error_.ok()) return std::move(var##_or_error_).error(); \
  auto&& var = *var##_or_error_

// Returns the error of a Result<void> from this function, or goes on.
#define JEJAK_CHECKED(expr)                                                         \
  do {                                                                              \
    if (auto checked_ = (expr); !checked_.ok()) return std::move(checked_).error(); \
  } while (false)
