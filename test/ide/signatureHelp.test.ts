// Signature help while arguments are typed.
import { describe, expect, it } from 'vitest';
import { signatureHelp } from '../../server/src/ide/signatureHelp.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';

async function helpAt(text: string): Promise<string | undefined> {
  const { workspace, uri, offset } = await openFixture(`${contact}//- /m.dax\n${text}`);
  const help = await signatureHelp(workspace, uri, offset);
  const signature = help?.signatures[help.active];
  if (help === undefined || signature === undefined) return undefined;
  const at = help.parameter === undefined ? undefined : signature.parameters[help.parameter];
  return at === undefined ? signature.label : `${signature.label.slice(0, at.start)}<${signature.label.slice(at.start, at.end)}>${signature.label.slice(at.end)}`;
}

describe('the parameter at the cursor', () => {
  it.each([
    ['M = DIVIDE($0', 'DIVIDE(<numerator>, denominator [, alternate])'],
    ['M = DIVIDE(1, $0)', 'DIVIDE(numerator, <denominator> [, alternate])'],
    ['M = DIVIDE(1, (2 + $0', 'DIVIDE(numerator, <denominator> [, alternate])'],
    ['M = DIVIDE(SUM(FactSession[Duration]), 2, $0', 'DIVIDE(numerator, denominator [, <alternate>])'],
    ['M = CALCULATE(1, 2, 3, $0', 'CALCULATE(expression [, <filter>, …])'],
    ['M = DIVIDE(1, 2, 3, $0', 'DIVIDE(numerator, denominator [, alternate])'],
    ['M = DIVIDE(\n  1,\n\n  $0', 'DIVIDE(numerator, <denominator> [, alternate])'],
  ])('%j', async (text, shown) => {
    expect(await helpAt(text)).toBe(shown);
  });

  it.each(['M = 1 + $0', 'M$0 = SUM(1)', 'M = NOWHERE($0', 'M = SUM(1) + $0', 'M = SUM(1 // $0'])('none in %j', async (text) => {
    expect(await helpAt(text)).toBeUndefined();
  });
});
