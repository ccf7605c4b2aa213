"""Tables to be taken in: what they would do, and the list of those that were."""

from kycuong.queries.imports.organisation import plan
from kycuong.queries.imports.plans import Change, Plan, PlanRow
from kycuong.queries.imports.runs import RunLine, RunPage, administrator, must_administer, run, runs, units_by_code

__all__ = [
    "Change",
    "Plan",
    "PlanRow",
    "RunLine",
    "RunPage",
    "administrator",
    "must_administer",
    "plan",
    "run",
    "runs",
    "units_by_code",
]
