/** Tests: tags listed, run and measured, values pinned, and the lenses above definitions that offer both. */
import type { DocumentCoverage } from '../../workspace/testCoverage.ts';
import type { Cancellation } from '../../workspace/types.ts';
import { codeLenses, codeLensText, type CodeLens, type LensText } from '../codeLens.ts';
import { listedCoverage, type ChosenTests } from '../tests/coverage.ts';
import { listTests, type FileTests } from '../tests/list.ts';
import { isAtHead, pin, type Pin } from '../tests/pin.ts';
import { runListed, type Outcome } from '../tests/run.ts';
import type { ServiceContext } from './context.ts';

export interface TestService {
  /** The `@expect` and `@compare` tags of one file, or of every file that has any. */
  tests(uri: string | undefined): Promise<readonly FileTests[]>;
  /** Runs tests of a file by their ids, or all of them; `onDone` is told after each metric. */
  runTests(uri: string, ids: readonly string[] | undefined, cancellation: Cancellation, onDone: (done: readonly Outcome[]) => void): Promise<void>;
  /** Which definitions and branches tests reach. */
  testCoverage(chosen: readonly ChosenTests[], cancellation: Cancellation): Promise<readonly DocumentCoverage[]>;
  /** The `@expect` that says the value of the definition at an offset; undefined outside of definitions. */
  pin(uri: string, offset: number): Promise<Pin | undefined>;
  /** The same for a cursor in the head of a definition, where the value is there at once; else `later`. */
  pinOffer(uri: string, offset: number): Promise<Pin | 'later' | undefined>;
  codeLenses(uri: string): Promise<readonly CodeLens[]>;
  codeLensText(uri: string, lens: CodeLens, cancellation: Cancellation): Promise<LensText | undefined>;
}

export function createTests({ workspace, settings, preview, patience, tracked }: ServiceContext): TestService {
  const pinned = (uri: string, offset: number): Promise<Pin | undefined> => tracked(pin({ workspace: workspace(), filters: preview.conditions }, uri, offset));
  return {
    tests: (uri) => listTests(workspace(), uri),
    runTests: (uri, ids, cancellation, onDone) => tracked(runListed(workspace(), uri, ids, cancellation, onDone)),
    testCoverage: (chosen, cancellation) => tracked(listedCoverage(workspace(), chosen, cancellation)),
    pin: pinned,
    async pinOffer(uri, offset) {
      if (!(await isAtHead(workspace(), uri, offset))) return undefined;
      return Promise.race([pinned(uri, offset), patience().then(() => 'later' as const)]);
    },
    async codeLenses(uri) {
      const document = await workspace().document(uri);
      return document === undefined || !(await settings(uri)).codeLens.enabled ? [] : codeLenses(document);
    },
    codeLensText: (uri, lens, cancellation) => tracked(codeLensText(workspace(), uri, lens, cancellation)),
  };
}
