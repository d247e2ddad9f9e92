// Document highlight: `$0` is the cursor; `^^^` marks reads, `^^^ write` the place that gives the name its meaning.
import { describe, expect, it } from 'vitest';
import { documentHighlights } from '../../server/src/ide/documentHighlight.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { expectPlaces } from './places.ts';

async function check(source: string): Promise<void> {
  const { workspace, places, uri, offset } = await expectPlaces(source);
  const found = await documentHighlights(workspace, uri, offset);
  places(found.map((it) => ({ uri, span: it.span, word: it.kind === 'write' ? 'write' : '' })));
}

describe('highlights', () => {
  it('a metric in its own document only', () => check(`${contact}
    //- /metrics.dax
    Sessions = 1
    ^^^^^^^^ write
    Twice = [Ses$0sions] * 2
            ^^^^^^^^^^
    //- /other.dax
    Third = [Sessions]
  `));

  it('a variable, its uses by case', () => check(`${contact}
    //- /metrics.dax
    M = VAR total = 1 RETURN TO$0TAL + total
            ^^^^^ write
                             ^^^^^
                                     ^^^^^
  `));

  it('a column, not the table before it', () => check(`${contact}
    //- /metrics.dax
    M = SUM(FactSession[Dur$0ation]) + SUMX(FactSession, [Duration])
                       ^^^^^^^^^^
                                                       ^^^^^^^^^^
  `));

  it('the table before a bracket where both touch the cursor: the column, which begins there', () => check(`${contact}
    //- /metrics.dax
    M = SUM(FactSession$0[Duration]) + COUNTROWS(FactSession)
                       ^^^^^^^^^^
  `));

  it('names in fences of lists and quotes', () => check(`${contact}
    //- /page.md
    > - \`\`\`dax
    >   Own = 1
        ^^^ write
    >   Two = [O$0wn]
              ^^^^^
    >   \`\`\`
  `));

  it('what goes on over a cut-off text', () => check(`${contact}
    //- /metrics.dax
    M = VAR a = 1 RETURN SUMX(FactSession, a$0 + [Duration
            ^ write
                                           ^
  `));

  it('nothing outside DAX, of functions and of unknown names', async () => {
    for (const text of ['M = C$0OUNTROWS(FactSession)', 'M = [N$0one]', 'M = 1 // Fact$0Session']) {
      const { workspace, uri, offset } = await openFixture(`${contact}//- /m.dax\n${text}`);
      expect(await documentHighlights(workspace, uri, offset)).toEqual([]);
    }
  });
});
