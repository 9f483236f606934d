"""Small files for the demo's projects: a plan, a text in two versions, the client's wish."""

from django.core.files.base import ContentFile

from accounts.models import User
from crm.demo import words
from projects.models import Document, DocumentVersion

PAGE = """%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length {length}>>stream
{drawn}
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def make_documents(world):
    """The demo client's projects and a few more have documents."""
    demo = world.clients[0]
    mine = [p for p in world.projects if p.client == demo]
    others = [p for p in world.projects if p.client != demo]
    for project in mine + others[:: max(1, len(others) // 6)]:
        lead = project.team[0]
        step = project.steps[0]
        plan = pdf(f"Plan: {project.name}", *(s.name for s in project.steps))
        keep(world, project, "Project plan.pdf", [(plan, lead)], step=step)
        texts = [(text.encode(), lead) for text in words.TEXTS]
        keep(world, project, "Texts of the pages.txt", texts)
        note = words.INTERNAL_NOTES[0].encode()
        keep(world, project, "Notes of the team.md", [(note, lead)], visible=False)
        if project.client == demo:
            owner = User.objects.get(username="client")
            wish = [(words.WISH.encode(), owner)]
            keep(world, project, "What we wish for.txt", wish, from_client=True)


def keep(world, project, name, files, *, visible=True, from_client=False, step=None):
    """A document whose versions came one after the other, `files` being (bytes, who)."""
    at = world.moment(project.starts)
    document = Document.objects.create(
        project=project, milestone=step, name=name, client_visible=visible,
        from_client=from_client, created=at,
    )  # fmt: skip
    for content, by in files:
        document.keep(ContentFile(content, name), by)
    DocumentVersion.objects.filter(document=document).update(at=at)


def pdf(*lines):
    """A page of text as the smallest PDF that viewers open."""
    shown = [line.encode("ascii", "replace").decode() for line in lines]
    safe = [line.translate({40: "[", 41: "]", 92: "/"}) for line in shown]
    drawn = "BT /F 14 Tf 24 TL 40 540 Td " + " ".join(f"({s}) Tj T*" for s in safe)
    drawn += " ET"
    return PAGE.format(length=len(drawn), drawn=drawn).encode()
