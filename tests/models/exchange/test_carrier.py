"""Real bundles on a carrier that loses, doubles, delays and mixes them; one PC is set up anew.

Nobody thinks of what got lost: whoever hands over again, by the receipts that did arrive, heals it.

    python -m pytest -m nightly tests/models/exchange/test_carrier.py
"""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from models.exchange.delivery import delivery
from models.exchange.enrolment import close_device
from models.exchange.export import NothingNew
from models.exchange.receive import receive_files
from models.ledger.conflicts import count_conflicts
from models.records.finding import Finding
from tests.conftest import Clock, a_finding, a_ledger, a_person, a_school, an_office
from tests.models.exchange.enrolling import enrol, send, store_of
from tests.models.ledger.conftest import fold_of, have, lost_silently
from tests.models.ledger.fleet.always import hold_against_oracle

ROUNDS = 7
LOSSES = {"a good carrier": 0.1, "a bad one": 0.5, "one that hardly ever comes": 0.8}


class Carrier:
    """A school with two PCs, its office, and the bundles that are under way."""

    def __init__(self, folder, number, loss):
        self.rnd = random.Random(number)
        self.folder, self.loss, self.made = folder, loss, 0
        self.clock = Clock()
        self.pcs = {
            "one": self.set_up("one"),
            "two": self.set_up("two"),
            "office": a_ledger(folder / "office", an_office(), clock=self.clock),
        }
        enrol(self.pcs["office"], self.pcs["one"], self.pcs["two"])
        self.under_way = []

    def set_up(self, name):
        self.made += 1
        return a_ledger(
            self.folder / f"{name}{self.made}",
            a_school(),
            clock=self.clock,
            person=a_person(f"某{name}"),
        )

    def work(self, who):
        """A new finding, and something else about an old one."""
        ledger, rnd = self.pcs[who], self.rnd
        unit = self.pcs["one"].unit
        ledger.save(a_finding(unit=unit, place=f"{rnd.random()}"))
        mine = [f for f in ledger.all(Finding) if f.finder == "李安全" or who != "office"]
        finding = rnd.choice(mine)
        if who != "office" or ledger.rows(
            "SELECT 1 FROM finding f JOIN log l ON l.log_no = f.c_log"
            " WHERE f.id = ? AND l.role = 'office'",
            (finding.id,),
        ):
            ledger.save(replace(finding, note=f"{who}{rnd.randint(0, 3)}"), finding)

    def send(self, who, unit=""):
        """A bundle for the other side; what becomes of it nobody knows."""
        self.made += 1
        try:
            path = send(self.pcs[who], self.folder / f"stick{self.made}", unit).path
        except NothingNew:
            return
        receivers = ("one", "two") if who == "office" else ("office",)
        for receiver in receivers:
            if self.rnd.random() >= self.loss:
                self.under_way.append((receiver, path))
            if self.rnd.random() < 0.3:  # a second time, perhaps much later
                self.under_way.insert(0, (receiver, path))

    def arrive(self, every=False):
        """What is under way arrives in any order, some of it another day."""
        self.rnd.shuffle(self.under_way)
        late = [] if every else [post for post in self.under_way if self.rnd.random() < 0.3]
        for receiver, ledger in self.pcs.items():
            came = [path for to, path in self.under_way if to == receiver]
            came = [path for path in came if (receiver, path) not in late]
            if came:
                receive_files(ledger, store_of(ledger), came, lambda *_: None, lambda: False)
        self.under_way = late

    def set_up_anew(self):
        """The disk of a PC is new: its last word is closed, and it is enrolled as another."""
        old, office = self.pcs["one"], self.pcs["office"]
        close_device(office, store_of(office), old.unit, old.setting("device"))
        old.close()
        self.pcs["one"] = self.set_up("one")
        enrol(office, self.pcs["one"])
        self.under_way = [(to, path) for to, path in self.under_way if to != "one"]

    def round(self, every=False):
        for who in ("one", "two"):
            if every or self.rnd.random() < 0.7:
                self.send(who)
        self.arrive(every)
        if every or self.rnd.random() < 0.7:
            self.send("office", self.pcs["one"].unit)
        self.arrive(every)

    def end(self):
        self.arrive(every=True)
        self.loss = 0
        for _ in range(4):
            self.round(every=True)
        everybody = self.pcs.values()
        unit = self.pcs["one"].unit
        own = [
            {log: seq for log, seq in have(ledger).items() if log in have(self.pcs["two"])}
            for ledger in everybody
        ]
        assert own[0] == own[1] == own[2]
        assert fold_of(self.pcs["one"]) == fold_of(self.pcs["two"])
        for ledger in everybody:
            hold_against_oracle(ledger, fold_of(ledger))
            assert lost_silently(ledger) == []
            assert ledger.rows("SELECT * FROM held") == []
            assert ledger.rows("SELECT * FROM fork") == []
        assert len(self.pcs["office"].all(Finding, unit=unit)) == len(self.pcs["two"].all(Finding))
        assert count_conflicts(self.pcs["one"]) == count_conflicts(self.pcs["office"])
        assert delivery(self.pcs["one"]).waiting == delivery(self.pcs["two"]).waiting == 0

    def close(self):
        for ledger in self.pcs.values():
            ledger.close()


def tell(folder, number, loss):
    carrier = Carrier(folder, number, loss)
    for day in range(ROUNDS):
        carrier.clock.at += timedelta(days=1)
        for who in carrier.pcs:
            if carrier.rnd.random() < 0.7:
                carrier.work(who)
        carrier.round()
        if day == ROUNDS // 2:
            carrier.set_up_anew()
    carrier.end()
    carrier.close()


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_receipts_heal_what_a_carrier_does(tmp_path, loss):
    tell(tmp_path, 1, loss)


@pytest.mark.nightly
@pytest.mark.parametrize("number", range(2, 40))
@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_receipts_heal_whatever_a_carrier_does(tmp_path, loss, number):
    tell(tmp_path, number, loss)
