// SPDX-License-Identifier: Apache-2.0
//
// Writes cases as an object-centric event log, OCEL 2.0 in its JSON form (ocel-standard.org): objects are cases and the officers,
// reports and so on whose way through a case the definition follows; events are actions.
//
//   {"objectTypes":[{"name":"case","attributes":[{"name":"procedure","type":"string"},…]},{"name":"officer",…},…],
//    "eventTypes":[{"name":"exam.summon","attributes":[{"name":"role","type":"string"},…]},…],
//    "objects":[{"id":"case/5K3D…","type":"case","attributes":[{"name":"verdict:R07","time":NOW,"value":"fail"}],"relationships":[]},
//               {"id":"case/5K3D…/officer/P044","type":"officer","attributes":[…],
//                "relationships":[{"objectId":"case/5K3D…","qualifier":"case"}]}],
//    "events":[{"id":ACTION ID,"type":"exam.summon","time":AT,"attributes":[{"name":"entry","value":248},…],
//               "relationships":[{"objectId":"case/5K3D…","qualifier":"case"},{"objectId":"…/P044","qualifier":"officer"}]}]}
//
// Of a body the members in the clear that are no object and no list are attributes, `body.NAME`; what is sealed stays out, opened or
// not. A label means a person in one case alone, hence the case in its id. An attribute that comes with values of several types is
// declared a string, and written as such. What ReadCaseRecord can't read is not in it. One thread.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ledger/base/json.h"
#include "tools/xes/verdicts.h"

namespace jejak::xes {

class OcelLog final {
 public:
  // `now`: of the verdicts; unused without any.
  explicit OcelLog(UnixSeconds now) : now_(FormatTime(now)) {}

  void Add(const JudgedCase& judged);

  // All of it.
  std::string Write() const;

 private:
  struct Attribute {
    std::string name;
    json::Value value;
    std::string time;  // of an object's; "" of an event's
  };
  struct Item {
    std::string id, type, time;  // time: of an event
    std::vector<Attribute> attributes;
    std::vector<std::pair<std::string, std::string>> related;  // object id, qualifier
  };
  // By name of the object or event type: the types of its attributes.
  using Types = std::map<std::string, std::map<std::string, std::string>>;

  void AddCase(const JudgedCase& judged);
  void AddInstances(const JudgedCase& judged);
  void AddEvents(const JudgedCase& judged);
  void AddVerdictsTo(Item& object, const RuleOutcomes& outcomes) const;
  static void Keep(Item item, std::vector<Item>& items, Types& types);
  static json::Value TypesJson(const Types& types);
  static json::Value ItemJson(const Item& item, const Types& types);

  std::string now_;
  Types object_types_, event_types_;
  std::vector<Item> objects_, events_;
};

}  // namespace jejak::xes
