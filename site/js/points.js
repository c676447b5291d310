// What the reader may want to settle, of a design.

import { offsets } from './statements.js';

/** What the reader may want to settle, in the order in which it matters. */
export function points(design, text, { set, pins }) {
  const offset = offsets(text);
  const place = (span) => (span ? { start: offset(span[0]), end: offset(span[1]) } : {});
  const statements = design.requirements.statements;
  const byId = new Map(statements.map((statement) => [statement.id, statement]));
  const withStatus = (status) =>
    statements
      // Headings and layout ask for nothing, and saying so of each would bury the rest.
      .filter((statement) => statement.status === status && statement.kind !== 'noise')
      .map(({ text, reason, span }) => ({ title: text, details: [line('Why', reason)], ...place(span) }));
  return [
    {
      id: 'set',
      title: 'Set by you',
      lead: 'This holds in place of what the text says, what would be assumed, and what the rules would choose.',
      open: true,
      items: [
        ...Object.entries(set).map(([subject, value]) => ({
          title: `${subject} = ${value}`,
          details: [],
          subject,
          value: String(value),
          pinned: true,
        })),
        ...Object.entries(pins).map(([slot, option]) => ({ ...pinned(design, slot, option), slot })),
      ],
    },
    {
      id: 'conflicts',
      title: 'Contradictions',
      lead: 'Statements that cannot all hold, and what the design does meanwhile.',
      open: true,
      items: design.conflicts.map(({ explanation, resolution, statements: ids }) => ({
        title: explanation,
        details: [
          line('Meanwhile', resolution),
          ...ids.map((id) => line('Says', byId.get(id)?.text)),
        ],
        ...place(byId.get(ids[0])?.span),
      })),
    },
    {
      id: 'questions',
      title: 'Questions to the author',
      lead: 'What the text leaves open, the most consequential question first. An answer in the text replaces the assumption.',
      open: true,
      items: design.questions.map(({ id, text: title, options, default: assumed, impact }) => {
        const settable = design.assumptions.some(({ subject, value }) => subject === id && Number.isFinite(Number(value)));
        const answers = settable ? options.map((label) => ({ label, value: numberIn(label) })) : [];
        const clickable = answers.length > 0 && answers.every(({ value }) => Number.isFinite(value));
        return {
          title,
          ...(clickable ? { question: id, answers } : {}),
          details: [
            clickable ? undefined : line('Usual answers', options.join(' · ')),
            line('Assumed meanwhile', assumed),
            line('Changes', impact),
          ].filter(Boolean),
        };
      }),
    },
    {
      id: 'assumptions',
      title: 'Assumptions',
      lead: 'Values that the design needs and the text does not give.',
      open: true,
      items: design.assumptions.map(({ id, subject, value, unit, why, decisions, flips_at }) => ({
        id,
        title: `${subject} = ${value}${unit ? ` ${unit}` : ''}`,
        // What is no number cannot be set to another one.
        ...(Number.isFinite(Number(value)) ? { subject, value: String(value) } : {}),
        details: [line('Why', why), line('Read by', decisions.join(', ')), line('Would change a decision at', flips_at)],
      })),
    },
    {
      id: 'remarks',
      title: 'Remarks on the text',
      lead: 'What was found in the text that you may want to change.',
      open: true,
      items: design.diagnostics.map(({ what, why, fix, span }) => ({
        title: what,
        details: [line('Why it matters', why), line('How to fix', fix)],
        ...place(span),
      })),
    },
    {
      id: 'not-understood',
      title: 'Not understood',
      lead: 'Sentences that nothing in the design answers, because they could not be read. Say them in other words.',
      open: true,
      items: withStatus('not_understood'),
    },
    {
      id: 'set-aside',
      title: 'Set aside',
      lead: 'Sentences that were read and that a backend design does not answer.',
      open: false,
      items: withStatus('set_aside'),
    },
  ].map((group) => ({
    ...group,
    items: group.items.map((item) => ({ ...item, details: item.details.filter(({ text }) => text) })),
  }));
}

const line = (label, text) => ({ label, text: text ?? '' });

/** A decision that the reader pinned. */
function pinned(design, slot, option) {
  const decision = design.decisions.find((decision) => decision.slot === slot);
  const title = decision ? `${decision.title}: ${decision.options.find(({ id }) => id === option)?.name ?? option}` : `${slot} = ${option}`;
  return { title, details: [line('Price', decision?.price)] };
}

/** The number that a usual answer stands for, in base units: `99.5 %` is 0.995. */
function numberIn(label) {
  const [, digits, percent] = label.match(/^([\d.,\u202f\u00a0 ]+?)\s*(%?)$/) ?? [];
  if (digits === undefined) return Number.NaN;
  const number = Number(digits.replace(/[,\s]/g, ''));
  // Per cent is taken over in digits: 99.9 / 100 is 0.9990000000000001.
  return percent ? Number((number / 100).toPrecision(12)) : number;
}
