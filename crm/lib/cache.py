"""The shared cache; a page never fails because it is away."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

log = logging.getLogger(__name__)


def _forgiving(name: str, answer: Callable[[tuple, dict], Any]) -> Callable:
    method = getattr(RedisCache, name)

    @wraps(method)
    def call(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except (RedisConnectionError, RedisTimeoutError, OSError) as error:
            log.warning("cache not reached (%s): %s", name, error)
            return answer(args, kwargs)

    return call


def _default(args: tuple, kwargs: dict) -> Any:
    return kwargs.get("default", args[1] if len(args) > 1 else None)


class ForgivingRedisCache(RedisCache):
    """Redis or Valkey; when it cannot be reached every look-up is a miss."""

    get = _forgiving("get", _default)
    get_many = _forgiving("get_many", lambda a, k: {})
    has_key = _forgiving("has_key", lambda a, k: False)
    add = _forgiving("add", lambda a, k: True)
    set = _forgiving("set", lambda a, k: None)
    set_many = _forgiving("set_many", lambda a, k: [])
    touch = _forgiving("touch", lambda a, k: False)
    incr = _forgiving("incr", lambda a, k: 1)
    delete = _forgiving("delete", lambda a, k: False)
    delete_many = _forgiving("delete_many", lambda a, k: None)
    clear = _forgiving("clear", lambda a, k: False)
