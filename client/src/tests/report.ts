// What came of a test, told to the test view: state, message, time and output.
import { Location, TestMessage, type TestItem, type TestRun } from 'vscode';
import type { TestOutcome } from '../../../server/src/lsp/protocol.ts';

export function report(run: TestRun, item: TestItem, outcome: TestOutcome): void {
  const { state, milliseconds } = outcome;
  run.appendOutput(outputOf(item, outcome), undefined, item);
  switch (state) {
    case 'passed':
      return run.passed(item, milliseconds);
    case 'failed':
      return run.failed(item, messageOf(item, outcome), milliseconds);
    case 'notEvaluated':
      return run.errored(item, messageOf(item, outcome), milliseconds);
  }
}

function messageOf(item: TestItem, { state, expected, actual, filter, details, generated }: TestOutcome): TestMessage {
  const head = state === 'failed' ? `Expected ${expected}, got ${actual}` : `Expected ${expected}: ${actual}`;
  const text = [`${head}${filter === undefined ? '' : `, where ${filter}`}`, ...details, ...madeUp(generated)].join('\n');
  // Groups that part are told one by one; there are no two values to lay side by side.
  const message = state === 'failed' && details.length === 0 ? TestMessage.diff(text, expected, actual) : new TestMessage(text);
  if (item.uri !== undefined && item.range !== undefined) message.location = new Location(item.uri, item.range);
  return message;
}

const marks: Readonly<Record<TestOutcome['state'], string>> = { passed: '✓', failed: '✗', notEvaluated: '?' };

function outputOf({ parent, label }: TestItem, { state, expected, actual, details, generated, milliseconds }: TestOutcome): string {
  const lines = [
    `${marks[state]} ${parent?.label ?? ''} ${label} (${milliseconds.toFixed(0)} ms)`,
    ...(state === 'passed' ? [] : [`    expected ${expected}, got ${actual}`]),
    ...[...details, ...madeUp(generated)].map((it) => `    ${it}`),
  ];
  // A terminal wants both signs, and no other signs that move its cursor.
  return lines.map((it) => `${plain(it)}\r\n`).join('');
}

const madeUp = (tables: TestOutcome['generated']): readonly string[] =>
  tables === undefined ? [] : [`Rows of ${tables.join(', ')} are generated.`];

const plain = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
