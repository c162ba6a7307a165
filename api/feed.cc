// SPDX-License-Identifier: Apache-2.0
#include "api/feed.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "api/address_limits.h"
#include "api/feed_events.h"
#include "api/http_stream.h"
#include "api/thread_priority.h"
#include "ledger/base/text.h"

namespace jejak::api {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLook{50};  // how often the log's head is looked at
// A client that is gone without a word is found out by its next heartbeat, at the usual rate.
constexpr unsigned kFeedsRetryS = 20;
constexpr std::string_view kLastEventId = "last-event-id";
constexpr std::string_view kOpening = "retry: 5000\n\n";
constexpr std::string_view kHeartbeat = ":\n\n";

// The entry to begin with. A browser that comes again has both, and the field is the later one.
Result<std::uint64_t> StartOf(const Call& call) {
  const std::uint64_t size = call.reader.size();
  if (const std::string* last = call.request.Find(kLastEventId)) {
    const auto& fields = call.request.headers;
    const auto times = std::count_if(fields.begin(), fields.end(), [](const Header& field) {
      return field.name == kLastEventId;
    });
    const Result<std::uint64_t> index = ParseDecimal(*last);
    if (index.ok() && *index < size && times == 1) return *index + 1;
    return Malformed("Last-Event-ID must be one number from 0 to " + std::to_string(size - 1));
  }
  if (call.query.Find("after") == nullptr) return size;
  JEJAK_TRY(after, NumberOf(call, "after", 0, size - 1, 0));
  return after + 1;
}

Response TooManyFeeds() {
  return ProblemResponse({429,
                          "too_many_feeds",
                          "this address has enough feeds open; close one, or come again later",
                          {},
                          true,
                          {},
                          kFeedsRetryS});
}

Request AskerOn(bool oversight) {
  Request request;
  request.oversight = oversight;
  return request;
}

}  // namespace

// The feeds of one listener, in all and by AddressKey.
struct FeedDesk::Listener {
  std::uint64_t open = 0;
  std::map<std::uint64_t, std::uint64_t> of_address;

  std::uint64_t Of(std::uint64_t address) const {
    const auto found = of_address.find(address);
    return found == of_address.end() ? 0 : found->second;
  }
  void Enter(std::uint64_t address) {
    ++open;
    ++of_address[address];
  }
  void Leave(std::uint64_t address) {
    --open;
    const auto found = of_address.find(address);
    if (--found->second == 0) of_address.erase(found);
  }
};

// What the feeds and the thread both touch. No reading, no sending while the mutex is held.
struct FeedDesk::Shared {
  std::mutex mutex;
  std::condition_variable wake;
  Waiting waiting;     // those that ask for more
  bool fresh = false;  // one that the thread hasn't looked at is among them
  bool stopping = false;
  std::array<Listener, 2> listeners;  // public, oversight

  // Those that wait, once one has come or a moment has gone by. None: the desk stops.
  Waiting Take() {
    std::unique_lock lock(mutex);
    wake.wait(lock, [this] { return stopping || !waiting.empty(); });
    wake.wait_for(lock, kLook, [this] { return stopping || fresh; });
    fresh = false;
    return stopping ? Waiting() : std::exchange(waiting, {});
  }
  void PutBack(const Waiting& unanswered, bool at_once) {
    const std::lock_guard lock(mutex);
    waiting.insert(waiting.end(), unanswered.begin(), unanswered.end());
    fresh = fresh || at_once;
  }
};

// Its connection owns it. The members are the desk's thread's while it isn't asked, and change
// hands under the mutex.
class FeedDesk::Feed final : public AnswerStream, public std::enable_shared_from_this<Feed> {
 public:
  Feed(std::shared_ptr<Shared> desk, const Request& request, std::uint64_t from)
      : oversight(request.oversight),
        next(from),
        address_(AddressKey(request.peer)),
        shared_(std::move(desk)) {}
  ~Feed() override {
    const std::lock_guard lock(shared_->mutex);
    shared_->listeners[oversight].Leave(address_);
  }

  void Next(std::weak_ptr<StreamSink> asking) override {
    {
      const std::lock_guard lock(shared_->mutex);
      sink = std::move(asking);
      asked = SteadyClock::now();
      shared_->waiting.push_back(weak_from_this());
      shared_->fresh = true;
    }
    shared_->wake.notify_one();
  }
  void Say(std::string piece) const {
    if (const auto connection = sink.lock()) connection->Continue(std::move(piece));
  }

  const bool oversight;
  std::uint64_t next;  // entry
  std::weak_ptr<StreamSink> sink;
  SteadyClock::time_point asked;

 private:
  const std::uint64_t address_;
  const std::shared_ptr<Shared> shared_;
};

// One look at the log: what is said of it, by listener and place.
struct FeedDesk::Round {
  explicit Round(const Ledger& ledger) : Round(ledger, ledger.sequencer.head()) {}
  Round(const Ledger& ledger, const sequencer::HeadPointer& head)
      : calls{Call{ledger, askers[0], {}, sequencer::LogReader(head, ledger.tiles)},
              Call{ledger, askers[1], {}, sequencer::LogReader(head, ledger.tiles)}} {}

  const Result<FeedSlice>& Slice(bool oversight, std::uint64_t from) {
    const auto place = std::pair(oversight, from);
    auto made = slices.find(place);
    if (made == slices.end()) made = slices.emplace(place, ReadSlice(calls[oversight], from)).first;
    return made->second;
  }

  const std::array<Request, 2> askers{AskerOn(false), AskerOn(true)};
  std::array<Call, 2> calls;
  std::map<std::pair<bool, std::uint64_t>, Result<FeedSlice>> slices;
  const SteadyClock::time_point now = SteadyClock::now();
  bool moved = false;  // somebody got on without being told anything: look again
};

FeedDesk::FeedDesk(const Ledger& ledger)
    : ledger_(ledger),
      per_address_{AddressLimitsOf(ledger.config).feeds,
                   AddressLimitsOf(ledger.config).oversight_feeds},
      shared_(std::make_shared<Shared>()),
      thread_([this] { Run(); }) {}

FeedDesk::~FeedDesk() {
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->stopping = true;
  }
  shared_->wake.notify_all();
  thread_.join();
}

OpenFeeds FeedDesk::open() const {
  const std::lock_guard lock(shared_->mutex);
  return {shared_->listeners[0].open, shared_->listeners[1].open};
}

Result<Response> FeedDesk::Open(Call& call) {
  JEJAK_CHECKED(OnlyParameters(call, {"after"}));
  JEJAK_TRY(start, StartOf(call));
  const bool oversight = call.request.oversight;
  const std::uint64_t address = AddressKey(call.request.peer);
  {
    const std::lock_guard lock(shared_->mutex);
    Listener& listener = shared_->listeners[oversight];
    const std::uint64_t most = per_address_[oversight];
    if (most != 0 && listener.Of(address) >= most) return TooManyFeeds();
    if (listener.open >= ledger_.config.max_feeds)
      return Unavailable("too many feeds are open; come again in a moment");
    listener.Enter(address);
  }
  Response response = MakeResponse(200, "text/event-stream", std::string(kOpening));
  // So that one who has heard nothing yet knows where to resume.
  if (start == call.reader.size()) response.body.append(CheckpointEvent(call.reader.head()));
  response.Add(FixedField::kNeverStored);
  response.headers.push_back({"X-Accel-Buffering", "no"});  // proxies that gather answers
  response.stream = std::make_shared<Feed>(shared_, call.request, start);
  return response;
}

void FeedDesk::Run() {
  GiveWay();
  for (;;) {
    const Waiting asking = shared_->Take();
    if (asking.empty()) return;
    Round round(ledger_);
    Waiting unanswered;
    for (const std::weak_ptr<Feed>& one : asking) {
      const std::shared_ptr<Feed> feed = one.lock();
      if (feed && !Answer(round, *feed)) unanswered.push_back(one);
    }
    shared_->PutBack(unanswered, round.moved);
  }
}

// Whether it said something. The feed may be gone then, or asking again.
bool FeedDesk::Answer(Round& round, Feed& feed) {
  const Result<FeedSlice>& slice = round.Slice(feed.oversight, feed.next);
  if (!slice.ok()) {
    ledger_.events.Write(LogLevel::kError, "feed_failed", {{"reason", slice.error().detail}});
    feed.Say({});
    return true;
  }
  round.moved = round.moved || slice->next != feed.next;
  feed.next = slice->next;
  const std::chrono::milliseconds silence(ledger_.config.feed_heartbeat_ms);
  const bool quiet = slice->text.empty();
  if (quiet && round.now - feed.asked < silence) return false;
  feed.Say(quiet ? std::string(kHeartbeat) : slice->text);
  return true;
}

}  // namespace jejak::api
