// Quick fixes: the text after the fix was applied.
import { expect, it } from 'vitest';
import { codeActions } from '../../server/src/ide/codeActions.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';

async function afterFix(fixture: string): Promise<{ readonly title: string; readonly preferred: boolean; readonly text: string } | undefined> {
  const { workspace, uri, offset } = await openFixture(fixture);
  const [action] = await codeActions(workspace, uri, { start: offset, end: offset });
  let text = (await workspace.document(uri))?.text ?? '';
  for (const it of [...(action?.fix.edits ?? [])].sort((a, b) => b.span.start - a.span.start)) {
    text = text.slice(0, it.span.start) + it.newText + text.slice(it.span.end);
  }
  return action === undefined ? undefined : { title: action.title, preferred: action.preferred, text };
}

it('a misspelt metric is put right', async () => {
  const fixed = await afterFix(`${contact}//- /m.dax\nIncoming sessions = 1\nM = [Incoming es$0sions] + 1`);
  expect(fixed).toMatchObject({ preferred: true, text: 'Incoming sessions = 1\nM = [Incoming sessions] + 1' });
});

it('a code is written in the type of its column, in a fence too', async () => {
  const fixed = await afterFix(`${contact}//- /page.md\n> \`\`\`dax\n> M = CALCULATE(1, FactSession[Reason] = 1923500$001)\n> \`\`\`\n`);
  expect(fixed?.text).toBe('> ```dax\n> M = CALCULATE(1, FactSession[Reason] = "192350001")\n> ```');
});

it('what is right offers none', async () => {
  expect(await afterFix(`${contact}//- /m.dax\nM = 1$0`)).toBeUndefined();
});
