// SPDX-License-Identifier: Apache-2.0
#include "verifier/cli/facts_output.h"

#include <algorithm>
#include <iostream>

#include "ledger/base/json.h"
#include "ledger/base/text.h"
#include "verifier/cli/files.h"
#include "verifier/cli/session.h"

namespace jejak::verifier {
namespace {

using json::Value;

std::string FactsJson(const Input& input, const std::vector<evidence::Fact>& facts,
                      const Error* error) {
  Value file = Value::Object();
  file.Add("name", Value::String(Displayable(input.name)));
  file.Add("sha256", input.sha256 ? Value::String(EncodeHash(*input.sha256)) : Value());
  Value inputs = Value::Array();
  inputs.Push(std::move(file));
  Value list = Value::Array();
  for (const evidence::Fact& fact : facts) {
    Value item = Value::Object();
    item.Add("name", Value::String(Displayable(fact.name)));
    item.Add("detail", Value::String(Displayable(fact.detail)));
    list.Push(std::move(item));
  }
  Value out = Value::Object();
  out.Add("schema_version", Value::Integer(kSchemaVersion));
  out.Add("tool", Value::String(ToolName()));
  out.Add("inputs", std::move(inputs));
  out.Add("facts", std::move(list));
  if (error != nullptr) out.Add("error", Value::String(Displayable(error->detail)));
  return json::Write(out) + "\n";
}

std::string FactsText(const std::vector<evidence::Fact>& facts) {
  std::size_t width = 0;
  for (const evidence::Fact& fact : facts) {
    width = std::max(width, std::min<std::size_t>(Displayable(fact.name).size(), 40));
  }
  std::string out;
  for (const evidence::Fact& fact : facts) {
    std::string name = Displayable(fact.name);
    if (name.size() < width) name.append(width - name.size(), ' ');
    out += name + "  " + Displayable(fact.detail) + "\n";
  }
  return out;
}

int Write(const Options& options, const std::string& text, int exit_code) {
  const Result<void> written = WriteOutput(options.output, text);
  if (written.ok()) return exit_code;
  std::cerr << "jejak-verify: " << written.error().detail << "\n";
  return 1;
}

}  // namespace

int WriteFacts(const Options& options, const Input& input, const std::vector<evidence::Fact>& facts,
               int exit_code) {
  const bool text = options.format == Format::kText;
  return Write(options, text ? FactsText(facts) : FactsJson(input, facts, nullptr), exit_code);
}

int WriteFault(const Options& options, const Input& input, const Error& error, int exit_code) {
  std::cerr << "jejak-verify: " << Displayable(error.detail) << "\n";
  if (options.format == Format::kText) return exit_code;
  return Write(options, FactsJson(input, {}, &error), exit_code);
}

}  // namespace jejak::verifier
