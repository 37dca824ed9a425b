// Elements by name: tags.div({class: 'x'}, 'text'). Preact escapes all text.
import { h } from 'preact';

export const tags = new Proxy(
  {},
  { get: (_, name) => (props, ...children) => h(name, props, ...children) },
);

export const classes = (...names) => names.filter(Boolean).join(' ');
