"""What the demo client and the firm wrote to each other; unread on both sides."""

from accounts.models import User
from crm.demo import words
from notifications.models import Notification
from projects.models import Post
from projects.threads import POSTED


def make_posts(world):
    """Remember the words of the demo client's threads; `keep_posts` writes them."""
    client = world.clients[0]
    mine = [p for p in world.projects if p.client == client]
    for name, said in words.THREADS.items():
        project = max(
            (p for p in mine if name and p.name.startswith(name)),
            key=lambda p: p.starts,
            default=None,
        )
        lead = project.team[0] if project else client.owner
        people = {
            "client": User.objects.get(username="client"),
            "owner": client.owner,
            "lead": lead,
        }
        about = [project, client, project.lead] if project else [client]
        for ago, who, text in said:
            by = people[who]
            head = f"{by} wrote about {project}:" if project else f"{by} wrote:"
            at, line = world.moment(world.day(ago)), f"{head}\n{text}"
            world.tell(POSTED, at, line, by=by, about=about, visible=True)


def keep_posts(pairs):
    """The rows of the threads, and the last words of each in the bells of the others."""
    posts = [post_of(event, one[4]) for event, one in pairs if one[1] == POSTED]
    Post.objects.bulk_create(posts)
    last = {post.project_id: post for post in posts}
    Notification.objects.bulk_create(
        Notification(event=post.event, recipient=user)
        for post in last.values()
        for user in told(post)
    )


def post_of(event, about):
    project, client = (about[0], about[1]) if len(about) > 1 else (None, about[0])
    text = event.text.partition("\n")[2]
    return Post(
        client=client, project=project, by=event.actor, text=text, at=event.created,
        event=event,
    )  # fmt: skip


def told(post):
    """Everybody in the thread but its last writer."""
    team = post.project.team if post.project else []
    logins = User.objects.filter(contact__client=post.client)
    people = {user.pk: user for user in [*team, post.client.owner, *logins]}
    people.pop(post.by.pk, None)
    return people.values()
