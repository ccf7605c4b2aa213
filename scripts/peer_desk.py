"""The peer of `bench_peer.py` as a project of its own: its settings, its addresses, what fills it, what it escalates."""

SETTINGS = """
import os
SECRET_KEY = "bench"
DEBUG = False
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
INSTALLED_APPS = ["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "django.contrib.staticfiles", "django.contrib.sites", "django.contrib.humanize",
    "rest_framework", "helpdesk"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware"]
ROOT_URLCONF = "desk.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {"context_processors": [
    "django.template.context_processors.debug", "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth", "django.contrib.messages.context_processors.messages"]}}]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "peer", "USER": "kycuong", "HOST": os.environ["PEER_HOST"],
    "CONN_MAX_AGE": 600}}
SITE_ID = 1
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
HELPDESK_TEAMS_MODE_ENABLED = False
HELPDESK_TEAMS_MIGRATION_DEPENDENCIES = []
HELPDESK_TEAMS_MODEL = "auth.Group"
HELPDESK_KBITEM_TEAM_GETTER = lambda item: None
"""
URLS = """
from django.contrib import admin
from django.urls import include, path
urlpatterns = [path("admin/", admin.site.urls), path("", include("helpdesk.urls", namespace="helpdesk"))]
"""
FILL = """
import json, random, sys
from datetime import timedelta
import django
django.setup()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0, interactive=False)
from helpdesk.models import FollowUp, Queue, Ticket
rows, still, late = map(int, sys.argv[1:])
User = get_user_model()
users = [User.objects.create_user(f"o{n}", f"o{n}@example.org", is_staff=True) for n in range(200)]
boss = User.objects.create_superuser("boss", "boss@example.org", "bench")
queues = [Queue.objects.create(title=f"Don vi {n}", slug=f"u{n}", escalate_days=0) for n in range(150)]
now, random = timezone.now(), random.Random(7)
made = []
for n in range(rows):
    state = Ticket.OPEN_STATUS if n >= rows - still else Ticket.CLOSED_STATUS
    due = now - timedelta(days=n % 90 + 1) if n >= rows - late else now + timedelta(days=n % 90 + 1)
    made.append(Ticket(title=f"Báo cáo kết quả thực hiện kỷ luật, kỷ cương hành chính, nội dung số {n}", queue=random.choice(queues),
        created=now - timedelta(days=n % 3650), modified=now, submitter_email="a@example.org", assigned_to=random.choice(users),
        status=state, description="Nội dung giao việc theo văn bản chỉ đạo của cấp trên. " * 5, priority=3, due_date=due,
        secret_key=str(n)))
Ticket.objects.bulk_create(made, batch_size=2000)
FollowUp.objects.bulk_create([FollowUp(ticket_id=pk, date=now, title="Đã nhận", comment="Đã nhận việc", public=True, user=boss)
    for pk in Ticket.objects.values_list("pk", flat=True)], batch_size=2000)
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
session = SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(boss.pk), "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = boss.get_session_auth_hash()
session.create()
last = Ticket.objects.order_by("-pk")[0]
print(json.dumps({"session": session.session_key, "record": last.pk, "queue": last.queue_id, "open": Ticket.OPEN_STATUSES}))
"""
ESCALATE = """
import json, time
import django
django.setup()
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
from helpdesk.models import FollowUp, Queue, Ticket
queue = Queue.objects.create(title="Qua han", slug="late", escalate_days=1)
old = timezone.now() - timedelta(days=30)
keys = list(Ticket.objects.filter(status=Ticket.OPEN_STATUS).order_by("-pk").values_list("pk", flat=True)[:1000])
Ticket.objects.filter(pk__in=keys).update(queue=queue, created=old, last_escalation=None, priority=3)
before, began, used = FollowUp.objects.count(), time.perf_counter(), time.process_time()
call_command("escalate_tickets")
print(json.dumps({"rows": FollowUp.objects.count() - before, "s": time.perf_counter() - began}))
"""
