"""The words of the application in the language of the person."""

from __future__ import annotations

import gettext

from app.resources import resource

_translation = gettext.translation("chalkbook", resource("translations"), fallback=True)
_ = _translation.gettext
ngettext = _translation.ngettext
