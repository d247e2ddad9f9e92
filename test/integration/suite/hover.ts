// Hovers: what a name means, what it computes, and where it comes from.
import * as assert from 'node:assert/strict';
import { at, hoverText, metricsFile, open, pageFile, settled } from './workspace.ts';

describe('a hover', () => {
  const over = async (file: string, needle: string, shift: number): Promise<string> => {
    const document = await open(file);
    await settled();
    const text = await hoverText(document, at(document, needle, shift));
    if (!text.includes('computing…')) return text;
    // What takes long is there when one asks again.
    await settled();
    return hoverText(document, at(document, needle, shift));
  };

  it('over a metric tells its documentation, its value, a breakdown and what it reads', async () => {
    const text = await over(metricsFile, 'Sessions rejected = ', 3);
    assert.match(text, /the representative rejected the offer/);
    assert.match(text, /\b191\b/);
    assert.match(text, /^\|.*\|\r?\n\|[\s:|-]+\|\r?\n\|/m);
    assert.match(text, /msdyn_ocsession/);
  });

  it('over a code tells its label', async () => {
    assert.match(await over(metricsFile, '"192350001"', 4), /AgentReject/);
  });

  it('over a function tells its signature', async () => {
    assert.match(await over(metricsFile, 'DISTINCTCOUNT', 3), /DISTINCTCOUNT\s*\(/);
  });

  it('over a column tells its type, its choice and its most frequent values', async () => {
    const text = await over(metricsFile, 'FactSession[Closurereason]', 15);
    assert.match(text, /string/);
    assert.match(text, /msdyn_ocsession_msdyn_closurereason/);
    assert.match(text, /\d/);
  });

  it('works in the fences of a page', async () => {
    assert.match(await over(pageFile, 'Sessions rejected = ', 3), /\b191\b/);
  });

  it('says nothing in the prose of a page', async () => {
    assert.equal(await over(pageFile, 'A conversation with a customer', 4), '');
  });
});
