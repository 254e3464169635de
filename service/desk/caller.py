"""Who asks: a credential's scopes, its field office, and the one attorney it may sign for."""

from dataclasses import dataclass

from service.errors import Fault, ScopeMissing, SignatoryMismatch
from service.facts.case import CaseFacts
from service.storage.credentials import ApiKey, BoundSignatory, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A caller whose credential has been checked; ``field_office`` is ``None`` for central office."""

    credential_id: str
    scopes: frozenset[Scope]
    field_office: str | None
    signatory: BoundSignatory | None

    def require(self, scope: Scope) -> None:
        """Refuse a call that the credential does not cover.

        Raises:
            ScopeMissing: the credential lacks ``scope``.
        """
        if scope not in self.scopes:
            raise ScopeMissing(f'This call needs the scope "{scope.value}"; ask for a credential that has it.')

    def require_office(self, facts: CaseFacts) -> None:
        """Refuse facts of another field office than the credential's.

        Raises:
            ScopeMissing: the facts name another office.
        """
        if self.field_office not in {None, facts.matter.field_office}:
            message = "The facts name another field office than this credential's; use that office's credential."
            raise ScopeMissing(
                message, [Fault(code="other_field_office", message=message, pointer="/matter/field_office")]
            )

    def require_signatory(self, facts: CaseFacts) -> None:
        """Refuse facts that name another attorney than the credential is bound to (Ark. R. Civ. P. 11).

        Raises:
            SignatoryMismatch: name or bar number differ.
        """
        named = BoundSignatory(name=facts.signatory.name, bar_number=facts.signatory.bar_number)
        if self.signatory not in {None, named}:
            message = "This credential signs for another attorney; the attorney named in the facts must release."
            raise SignatoryMismatch(
                message, [Fault(code="signatory_mismatch", message=message, pointer="/signatory/bar_number")]
            )


LOCAL_OPERATOR = Caller(credential_id="local-operator", scopes=frozenset(Scope), field_office=None, signatory=None)


def caller_for(key: ApiKey) -> Caller:
    """The caller behind an API key."""
    return Caller(credential_id=key.id, scopes=key.scopes, field_office=key.field_office, signatory=key.signatory)
