#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts five rules over an event log without any of Jejak's code.

    tools/examples/count_deadlines.py receipt.xes.gz
    P1  1299 pass  1 fail  0 pending  134 not applicable
    ...

Which rules: P1, P3, P4 and P5 of docs/procedures/permit-receipt.json where a log has that process,
F1 of docs/procedures/fine-notification.json where it has the other. It reads the XES file itself
and writes the rules out by hand, so that it shares no mistake with the engine that it is compared
with (docs/examples/). Order is the order of the file; a date is the date that the stamp says where
it was written. Python 3, standard library only.
"""
import collections
import datetime
import gzip
import sys
import xml.etree.ElementTree as ElementTree

RECEIPT, CHECK = "Confirmation of receipt", "T02 Check confirmation of receipt"
ADJUST, DETERMINE = "T03 Adjust confirmation of receipt", "T04 Determine confirmation of receipt"
SEND = "T05 Print and send confirmation of receipt"
FINE, NOTICE, PAYMENT = "Create Fine", "Insert Fine Notification", "Payment"

SEND_DAYS = 14
NOTIFY_DAYS, NOTIFY_DAYS_OLD = 90, 150
NOTIFY_CHANGE = datetime.date(2010, 8, 13)
JUDGED_ON = datetime.date(2020, 1, 1)

Event = collections.namedtuple("Event", "name date resource")


def local(tag):
    return tag.rsplit("}", 1)[-1]


def read_cases(path):
    """Yields each trace as a list of events."""
    opened = gzip.open(path, "rb") if path.endswith(".gz") else open(path, "rb")
    with opened as file:
        for trace in ElementTree.parse(file).getroot():
            if local(trace.tag) != "trace":
                continue
            events = []
            for event in trace:
                if local(event.tag) != "event":
                    continue
                values = {member.get("key"): member.get("value") for member in event}
                date = datetime.date.fromisoformat(values["time:timestamp"][:10])
                events.append(Event(values["concept:name"], date, values.get("org:resource", "-")))
            yield events


def worst(outcomes):
    for outcome in ("fail", "pending", "pass"):
        if outcome in outcomes:
            return outcome
    return "not applicable"


def in_time(events, start, days, name):
    """Whether `name` follows events[start] within so many calendar days."""
    first = events[start].date
    last = first + datetime.timedelta(days=days)
    if any(e.name == name and first <= e.date <= last for e in events[start + 1:]):
        return "pass"
    return "pending" if JUDGED_ON <= last else "fail"


def p1(events, at):
    """Sent after it is determined."""
    if events[at].name == SEND:
        return "pass" if any(e.name == DETERMINE for e in events[:at]) else "fail"


def p3(events, at):
    """Who checked last is not who determines."""
    checks = [e for e in events[:at] if e.name == CHECK]
    if events[at].name == DETERMINE and checks:
        return "fail" if checks[-1].resource == events[at].resource else "pass"


def p4(events, at):
    """What was adjusted is checked again; no date by which."""
    if events[at].name == ADJUST:
        return "pass" if any(e.name == CHECK for e in events[at + 1:]) else "pending"


def p5(events, at):
    """Sent within 14 calendar days of the request."""
    if events[at].name == RECEIPT:
        return in_time(events, at, SEND_DAYS, SEND)


def f1(events, at):
    """A fine that isn't paid before is notified within 90 days, 150 before 13 August 2010."""
    if events[at].name != FINE:
        return None
    later = [e.name for e in events[at + 1:]]
    if NOTICE not in later and PAYMENT in later:
        return None
    days = NOTIFY_DAYS_OLD if events[at].date < NOTIFY_CHANGE else NOTIFY_DAYS
    return in_time(events, at, days, NOTICE)


def main(path):
    cases = list(read_cases(path))
    names = {event.name for events in cases for event in events}
    rules = {"F1": f1} if FINE in names else {"P1": p1, "P3": p3, "P4": p4, "P5": p5}
    for rule, judge in rules.items():
        counts = collections.Counter(
            worst({judge(events, at) for at in range(len(events))}) for events in cases)
        print(rule, *(f" {counts[o]} {o}" for o in ("pass", "fail", "pending", "not applicable")))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: count_deadlines.py FILE.xes[.gz]")
    main(sys.argv[1])
