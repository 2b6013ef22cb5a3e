"""Keeps drafts of close-outs for one person, so that no crash loses a word."""

from __future__ import annotations

from app.models.values.actors import Actor
from app.views.close_out.drafts import Draft, load
from app.views.state import State


class DraftBook:
    """Drafts by session, kept on this machine until they are saved or dropped."""

    def __init__(self, state: State, actor: Actor) -> None:
        person = f"tutor-{actor.tutor_id}" if actor.tutor_id else "office"
        self._state, self._root = state, f"close_out/drafts/{person}"
        self.drafts: dict[int, Draft] = {
            number: load(state.text(f"{self._root}/{number}"))
            for number in state.numbers(f"{self._root}/sessions")
        }

    def keep(self, session_id: int, draft: Draft) -> None:
        """Keep a draft."""
        if self.drafts.get(session_id) == draft:
            return
        self.drafts[session_id] = draft
        self._state.keep(f"{self._root}/{session_id}", draft.dump())
        self._list()

    def drop(self, session_id: int) -> None:
        """Forget a draft."""
        if self.drafts.pop(session_id, None) is not None:
            self._state.keep(f"{self._root}/{session_id}", "")
            self._list()

    def _list(self) -> None:
        numbers = [str(number) for number in self.drafts]
        self._state.keep_texts(f"{self._root}/sessions", numbers)
