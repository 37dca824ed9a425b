// Instants and durations as people read them.

const two = (number) => String(Math.floor(number)).padStart(2, '0');

/** 83456 → 01:23.456 */
export function offset(ms) {
  const hours = ms >= 3600000 ? `${Math.floor(ms / 3600000)}:` : '';
  return `${hours}${two((ms / 60000) % 60)}:${two((ms / 1000) % 60)}.${String(Math.floor(ms % 1000)).padStart(3, '0')}`;
}

/** 83456 → 1 min 23 s */
export function length(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60000) return `${Math.round(ms / 100) / 10} s`;
  if (ms < 3600000) return `${Math.floor(ms / 60000)} min ${Math.round((ms % 60000) / 1000)} s`;
  return `${Math.floor(ms / 3600000)} h ${Math.round((ms % 3600000) / 60000)} min`;
}

/** 2026-01-01T09:00:12.345Z → 2026-01-01 09:00:12 */
export const instant = (text) => text.replace('T', ' ').replace(/(\.\d+)?Z$/, '');
