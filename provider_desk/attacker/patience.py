"""How long an attack may take, and who may stop it."""

import math
from dataclasses import dataclass

from provider_desk.model.errors import Cancelled
from provider_desk.model.progress import Progress, Stopped, never, silent


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an attack may take, who watches it and who may stop it."""

    seconds: float = math.inf
    progress: Progress = silent
    cancelled: Stopped = never

    def look(self) -> None:
        """Stop where the person said so.

        Raises:
            Cancelled: the person stopped it.
        """
        if self.cancelled():
            raise Cancelled("The check was stopped.", "Nothing was sent.")
