// A list that draws only the rows one sees, so that ten thousand are as quick as ten.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { tags } from 'ringback/tags';

const { div, ul, li } = tags;
const BEYOND = 8;

/**
 * @param rows the items
 * @param height of a row in pixels
 * @param draw (row, index) → content of the row
 * @param chosen index of the row to keep in sight; -1: none
 */
export function VirtualList({ rows, height, draw, chosen = -1, label, follow = false }) {
  const box = useRef(null);
  const [seen, setSeen] = useState({ top: 0, tall: 600 });
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    const measure = () => setSeen({ top: box.current.scrollTop, tall: box.current.clientHeight });
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(box.current);
    return () => sizes.disconnect();
  }, []);
  useEffect(() => {
    if (chosen < 0) return;
    const top = chosen * height;
    if (top < box.current.scrollTop || top + height > box.current.scrollTop + box.current.clientHeight) {
      box.current.scrollTop = Math.max(0, top - box.current.clientHeight / 3);
    }
  }, [chosen]);
  useEffect(() => {
    if (follow && atEnd.current) box.current.scrollTop = rows.length * height;
  }, [rows.length]);
  const scrolled = () => {
    const at = box.current;
    atEnd.current = at.scrollTop + at.clientHeight >= at.scrollHeight - height;
    setSeen({ top: at.scrollTop, tall: at.clientHeight });
  };
  const first = Math.max(0, Math.floor(seen.top / height) - BEYOND);
  const last = Math.min(rows.length, Math.ceil((seen.top + seen.tall) / height) + BEYOND);
  return div(
    { class: 'virtual', ref: box, onScroll: scrolled, tabIndex: -1, style: { '--tall': `${rows.length * height + 2}px` } },
    ul(
      { 'aria-label': label, style: { height: `${rows.length * height}px` } },
      rows.slice(first, last).map((row, i) =>
        li(
          {
            key: first + i,
            'aria-setsize': rows.length,
            'aria-posinset': first + i + 1,
            style: { top: `${(first + i) * height}px`, height: `${height}px` },
          },
          draw(row, first + i),
        ),
      ),
    ),
  );
}
