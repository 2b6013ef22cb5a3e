"""Blocks over pages: order kept, nothing below the foot, heads and sums in company."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.services.documents.flow import paged
from app.services.documents.sheet import LATER_TOP, Block

BOTTOM = 700.0


def ignore(_y: float) -> None:
    """Draw nothing."""


blocks = st.lists(
    st.builds(
        lambda height, keep: Block(height, ignore, keep),
        st.floats(1, 150),
        st.booleans(),
    ),
    max_size=60,
)


@given(blocks, st.floats(90, 500))
def test_every_block_is_placed_once_in_order_and_inside(
    found: list[Block], start: float
) -> None:
    pages = paged(found, start, BOTTOM)
    placed = [block for page in pages for block, _y in page]
    assert list(map(id, placed)) == list(map(id, found))
    for number, page in enumerate(pages):
        y = LATER_TOP if number else start
        for block, top in page:
            assert top == y
            y += block.height
            assert y <= BOTTOM + 0.001 or len(page) == 1


@given(blocks)
def test_what_keeps_together_starts_no_page_alone(found: list[Block]) -> None:
    pages = paged(found, LATER_TOP, BOTTOM)
    for before, page in pairwise(pages):
        first = page[0][0]
        together = before[-1][0].height + sum(block.height for block, _y in page[:1])
        if first.keep and len(before) > 1:
            assert together > BOTTOM - LATER_TOP or _is_chain(page)


def _is_chain(page: list[tuple[Block, float]]) -> bool:
    """Say whether all of a page keeps together, and so was as much as fits."""
    kept = 0.0
    for block, _y in page:
        kept += block.height
        if not block.keep:
            break
    return kept > (BOTTOM - LATER_TOP) / 3


def test_a_head_repeats_on_each_page() -> None:
    head = Block(10, ignore)
    rows = [Block(20, ignore, head=head) for _number in range(100)]
    pages = paged([head, *rows], 90, BOTTOM)
    assert len(pages) > 2
    assert all(page[0][0] is head for page in pages)


def test_sums_take_the_last_row_along() -> None:
    rows = [Block(100, ignore) for _number in range(6)]
    pages = paged([*rows, Block(50, ignore, keep=True)], 100, BOTTOM)
    assert [len(page) for page in pages] == [5, 2]


def test_a_page_ends_where_it_is_told_to() -> None:
    found = [Block(10, ignore, ends_page=True), Block(10, ignore, keep=True)]
    assert [len(page) for page in paged(found, 90, BOTTOM)] == [1, 1]
