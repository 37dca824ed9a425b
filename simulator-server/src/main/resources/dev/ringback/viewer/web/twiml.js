// A document as the app wrote it, its elements coloured, problems below the lines they are in.
import { tags } from 'ringback/tags';

const { pre, span, div } = tags;
const TOKEN = /(<!--[\s\S]*?-->)|(<\/?)([\w:.-]+)|([\w:.-]+)(=)("[^"]*"|'[^']*')|(\/?>)/g;

function coloured(line) {
  const parts = [];
  let at = 0;
  for (const token of line.matchAll(TOKEN)) {
    parts.push(line.slice(at, token.index));
    const [all, comment, open, name, attribute, equals, value] = token;
    if (comment) parts.push(span({ class: 'xml-comment' }, all));
    else if (open) parts.push(open, span({ class: 'xml-name' }, name));
    else if (attribute) parts.push(span({ class: 'xml-attribute' }, attribute), equals, span({ class: 'xml-value' }, value));
    else parts.push(all);
    at = token.index + all.length;
  }
  parts.push(line.slice(at));
  return parts;
}

/** One element a line, as long as the app wrote none itself. */
export function lines(body) {
  return body.split('\n');
}

export function Twiml({ body, findings = [] }) {
  return pre(
    { class: 'code', tabIndex: 0, 'aria-label': 'Answer' },
    lines(body).map((line, i) => {
      const here = findings.filter((finding) => finding.line === i + 1);
      return [
        div({ class: here.length ? 'line wrong' : 'line' }, span({ class: 'number', 'aria-hidden': 'true' }, i + 1), coloured(line), '\n'),
        here.map((finding) =>
          div(
            { class: `finding ${finding.level.toLowerCase()}` },
            `${finding.code} at line ${finding.line}, column ${finding.column}: ${finding.message}`,
          ),
        ),
      ];
    }),
  );
}
