from hypothesis import settings

from tests.models.ledger.machine import Machine

TestMachine = Machine.TestCase
TestMachine.settings = settings(
    settings.get_profile("house"), max_examples=40, stateful_step_count=30
)
