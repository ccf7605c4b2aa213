"""TABLES: fields, constraints, __str__; no rule, no query, no signal."""

from kycuong.models.accountability import AccountabilityRule, HeadCase, HeadCaseItem
from kycuong.models.audit import AuditEntry
from kycuong.models.backlog import BacklogLine, BacklogReview
from kycuong.models.board import (
    BoardView,
    Tally,
    TallyCircle,
    TallyCircleSeat,
    TallyDay,
    TallyDuty,
    TallyMark,
    TallyOpen,
    TallySeat,
    TallyStanding,
    TallyView,
    TallyViewDay,
)
from kycuong.models.calendars import (
    CalendarChange,
    CalendarChangeDay,
    CalendarDay,
    CalendarMove,
    ClockMark,
    ClockOffset,
    LimitRule,
    WorkCalendar,
)
from kycuong.models.changes import TaskChange
from kycuong.models.chasing import ChaseItem, ChaseLetter, Explanation
from kycuong.models.comparisons import MatchCorrection
from kycuong.models.competences import Competence, Matter, MatterPhrase
from kycuong.models.concerns import ConsultedBody, ConsultedMatter
from kycuong.models.consultations import (
    Consultation,
    ConsultationRule,
    Opinion,
    OpinionDraft,
    OpinionPoint,
    Proposed,
    ProposedPoint,
    SilenceNotice,
)
from kycuong.models.covers import Cover
from kycuong.models.directives import Order, OrderChange, OrderParty
from kycuong.models.dissents import DissentMeeting, MeetingPoint
from kycuong.models.documents import Document, DocumentFile, DocumentLink, DocumentText
from kycuong.models.duties import Duty, DutyEvent, DutyHolding, Note
from kycuong.models.exports import ExportRun
from kycuong.models.feeds import CalendarFeed
from kycuong.models.hooks import EventDelivery, Subscription
from kycuong.models.imports import ImportRow, ImportRun
from kycuong.models.intake import Batch, BatchItem, Scan, ScanPage
from kycuong.models.ladders import DayMark, LadderRung
from kycuong.models.links import LinkGuess, OutsideLink
from kycuong.models.mails import Mail
from kycuong.models.notices import Notice, Outbox
from kycuong.models.org import Appointment, Officer, Post, Unit, UnitClosure
from kycuong.models.org_changes import OrgChange, OrgChangeSubject, Succession, SuccessionLine
from kycuong.models.periods import Period, PeriodContest, PeriodRow, PeriodUnit
from kycuong.models.prints import OpinionPrint
from kycuong.models.processes import ProcessStep, WorkProcess
from kycuong.models.programmes import Programme, ProgrammeLine
from kycuong.models.proposals import Proposal
from kycuong.models.reports import Report, ReportEdition, ReportFigure, ReportPart
from kycuong.models.seals import Checkpoint
from kycuong.models.search import SearchRow
from kycuong.models.sign_ins import FactorRule, Guess, Identity, RecoveryCode, SecondFactor, Session
from kycuong.models.signals import SignalContest
from kycuong.models.signatures import FileSignature, SignatureCheck, TrustCertificate
from kycuong.models.signs import SignContest
from kycuong.models.submissions import Submission
from kycuong.models.systems import KeptAnswer, SystemToken
from kycuong.models.targets import Target, TargetActual, TargetChange
from kycuong.models.tasks import Task, TaskParticipant, TaskResult
from kycuong.models.themes import DocumentTheme, Theme
from kycuong.models.transfers import ArbiterRule, Arbitration, Transfer
from kycuong.models.voting import SlipVote, Voting, VotingSlip

__all__ = [
    "AccountabilityRule",
    "Appointment",
    "ArbiterRule",
    "Arbitration",
    "AuditEntry",
    "BacklogLine",
    "BacklogReview",
    "Batch",
    "BatchItem",
    "BoardView",
    "CalendarChange",
    "CalendarChangeDay",
    "CalendarDay",
    "CalendarFeed",
    "CalendarMove",
    "ChaseItem",
    "ChaseLetter",
    "Checkpoint",
    "ClockMark",
    "ClockOffset",
    "Competence",
    "Consultation",
    "ConsultationRule",
    "ConsultedBody",
    "ConsultedMatter",
    "Cover",
    "DayMark",
    "DissentMeeting",
    "Document",
    "DocumentFile",
    "DocumentLink",
    "DocumentText",
    "DocumentTheme",
    "Duty",
    "DutyEvent",
    "DutyHolding",
    "EventDelivery",
    "Explanation",
    "ExportRun",
    "FactorRule",
    "FileSignature",
    "Guess",
    "HeadCase",
    "HeadCaseItem",
    "Identity",
    "ImportRow",
    "ImportRun",
    "KeptAnswer",
    "LadderRung",
    "LimitRule",
    "LinkGuess",
    "Mail",
    "MatchCorrection",
    "Matter",
    "MatterPhrase",
    "MeetingPoint",
    "Note",
    "Notice",
    "Officer",
    "Opinion",
    "OpinionDraft",
    "OpinionPoint",
    "OpinionPrint",
    "Order",
    "OrderChange",
    "OrderParty",
    "OrgChange",
    "OrgChangeSubject",
    "Outbox",
    "OutsideLink",
    "Period",
    "PeriodContest",
    "PeriodRow",
    "PeriodUnit",
    "Post",
    "ProcessStep",
    "Programme",
    "ProgrammeLine",
    "Proposal",
    "Proposed",
    "ProposedPoint",
    "RecoveryCode",
    "Report",
    "ReportEdition",
    "ReportFigure",
    "ReportPart",
    "Scan",
    "ScanPage",
    "SearchRow",
    "SecondFactor",
    "Session",
    "SignContest",
    "SignalContest",
    "SignatureCheck",
    "SilenceNotice",
    "SlipVote",
    "Submission",
    "Subscription",
    "Succession",
    "SuccessionLine",
    "SystemToken",
    "Tally",
    "TallyCircle",
    "TallyCircleSeat",
    "TallyDay",
    "TallyDuty",
    "TallyMark",
    "TallyOpen",
    "TallySeat",
    "TallyStanding",
    "TallyView",
    "TallyViewDay",
    "Target",
    "TargetActual",
    "TargetChange",
    "Task",
    "TaskChange",
    "TaskParticipant",
    "TaskResult",
    "Theme",
    "Transfer",
    "TrustCertificate",
    "Unit",
    "UnitClosure",
    "Voting",
    "VotingSlip",
    "WorkCalendar",
    "WorkProcess",
]
