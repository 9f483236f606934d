"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from crm.checks import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
application = get_wsgi_application()
refuse_unsafe_start()
connections.close_all()  # a server that forks after this must not share one
