// SPDX-License-Identifier: Apache-2.0
#include "ledger/procedure/known_fields.h"

#include <utility>

namespace jejak::procedure {
namespace {

Declaration Of(FieldType type) {
  Declaration declared;
  declared.type = type;
  declared.required = true;
  return declared;
}

// `value` may be anything, so it is an object of which nothing is stated.
const Fields& CorrectionFields() {
  static const Fields fields{{"target", Of(FieldType::kString)},
                             {"pointer", Of(FieldType::kString)},
                             {"value", Of(FieldType::kObject)},
                             {"reason", Of(FieldType::kString)}};
  return fields;
}

const Fields& VoidFields() {
  static const Fields fields{{"target", Of(FieldType::kString)},
                             {"reason", Of(FieldType::kString)}};
  return fields;
}

const Fields& AttachmentFields() {
  static const Fields fields{{"sha256", Of(FieldType::kString)},
                             {"size", Of(FieldType::kInteger)},
                             {"media", Of(FieldType::kString)}};
  return fields;
}

}  // namespace

void KnownFields::Walk(const Fields& fields, std::span<const std::string> path, KnownField& found) {
  const Fields* at = &fields;
  std::vector<const Declaration*> passed;
  for (std::size_t i = 0; i < path.size(); ++i) {
    ++steps_;
    const auto member = at->find(path[i]);
    if (member == at->end()) return;
    const Declaration& declared = member->second;
    passed.push_back(&declared);
    if (i + 1 == path.size()) {
      found.declared.push_back(&declared);
      break;
    }
    if (declared.type == FieldType::kObject && !declared.fields_stated) {
      found.open = true;
      break;
    }
    at = declared.type == FieldType::kAttachment ? &AttachmentFields() : &declared.fields;
  }
  found.known = true;
  found.passed.insert(found.passed.end(), passed.begin(), passed.end());
}

KnownField KnownFields::OfActions(const TypeSet& types, std::span<const std::string> path) {
  KnownField found;
  if (exhausted()) return {true, true, {}, {}};
  if (types.any) {
    for (const ActionType& action : definition_.actions) Walk(action.fields, path, found);
    Walk(CorrectionFields(), path, found);
    return found;
  }
  for (const std::string& type : types.types) {
    ++steps_;
    if (const ActionType* action = definition_.FindAction(type); action != nullptr) {
      Walk(action->fields, path, found);
    } else if (type == kCorrect) {
      Walk(CorrectionFields(), path, found);
    } else if (type == kVoid) {
      Walk(VoidFields(), path, found);
    }
  }
  return found;
}

KnownField KnownFields::OfItems(std::span<const Declaration* const> items,
                                std::span<const std::string> path) {
  KnownField found;
  for (const Declaration* item : items) {
    if (item->type == FieldType::kAttachment) {
      Walk(AttachmentFields(), path, found);
    } else if (item->type == FieldType::kObject && !item->fields_stated) {
      found.known = found.open = true;
    } else {
      Walk(item->fields, path, found);
    }
  }
  return found;
}

}  // namespace jejak::procedure
