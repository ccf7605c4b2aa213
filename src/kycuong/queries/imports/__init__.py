"""Tables to be taken in: what they would do, and the list of those that were."""

from kycuong.queries.imports.competences import RegistryPlan, plan_registry, written
from kycuong.queries.imports.organisation import plan
from kycuong.queries.imports.plans import Change, Plan, PlanRow
from kycuong.queries.imports.runs import (
    RunLine,
    RunPage,
    administrator,
    may_take_in,
    must_administer,
    plan_of,
    run,
    runs,
    units_by_code,
)

__all__ = [
    "Change",
    "Plan",
    "PlanRow",
    "RegistryPlan",
    "RunLine",
    "RunPage",
    "administrator",
    "may_take_in",
    "must_administer",
    "plan",
    "plan_of",
    "plan_registry",
    "run",
    "runs",
    "units_by_code",
    "written",
]
