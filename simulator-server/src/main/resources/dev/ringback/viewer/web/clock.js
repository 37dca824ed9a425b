// The world's time: what it is, who holds it, and letting it pass.
import { useEffect, useState } from 'preact/hooks';
import { api } from 'ringback/api';
import { tags } from 'ringback/tags';
import { instant } from 'ringback/time';

const { button, div, label, option, select, span } = tags;

export function Clock({ beat }) {
  const [clock, setClock] = useState(null);
  const [read, setRead] = useState(0);
  const [now, setNow] = useState(0);
  const load = () =>
    api('GET', '/clock').then((answer) => {
      setClock(answer);
      setRead(Date.now());
    });
  useEffect(() => {
    load().catch(() => {});
  }, [beat]);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  if (!clock) return div({ class: 'clock' });
  const passed = clock.mode === 'real' ? Math.max(0, now - read) * clock.speed : 0;
  const shown = new Date(new Date(clock.now).getTime() + passed).toISOString();
  const advance = async (by) => {
    await api('POST', '/clock/advance', { by });
    await load();
  };
  const untilIdle = async () => {
    for (let at = await api('GET', '/clock'), times = 0; at.nextDue && times < 1000; times++) {
      const by = Math.max(1, new Date(at.nextDue) - new Date(at.now) + 1);
      at = await api('POST', '/clock/advance', { by: `${by}ms` });
    }
    await load();
  };
  return div(
    { class: 'clock', role: 'group', 'aria-label': 'Clock' },
    span({ class: 'now' }, instant(shown)),
    span({ class: 'mode' }, clock.mode),
    clock.mode === 'real'
      ? [
          label({ for: 'speed', class: 'visually-hidden' }, 'Speed of the clock'),
          select(
            { id: 'speed', value: String(clock.speed), onChange: (event) => api('POST', '/clock', { speed: Number(event.target.value) }).then(load) },
            [...new Set([0.25, 1, 5, 20, 100, clock.speed])].sort((a, b) => a - b).map((speed) => option({ value: String(speed) }, `× ${speed}`)),
          ),
        ]
      : null,
    clock.holds.map((hold) =>
      button(
        {
          type: 'button',
          class: 'hold',
          title: `held for ${hold.leaseMs} ms at most; press to let it go`,
          onClick: () => api('DELETE', `/clock/holds?name=${encodeURIComponent(hold.name)}`).then(load),
        },
        `held by ${hold.name}, ${Math.ceil(hold.leaseMs / 1000)} s at most`,
      ),
    ),
    clock.mode === 'stepped'
      ? [
          button({ type: 'button', onClick: () => advance('1s') }, '+1 s'),
          button({ type: 'button', onClick: () => advance('10s') }, '+10 s'),
          button({ type: 'button', onClick: () => advance('1m') }, '+1 min'),
          button({ type: 'button', onClick: untilIdle }, 'Until idle'),
        ]
      : null,
  );
}
