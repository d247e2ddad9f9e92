// The steps of the user-interface leg, in order; each waits for what it says.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { hoverOver, openFile } from './workbench.mjs';

/** @type {{ title: string, run(it: { page: import('playwright-core').Page, server: { folder: string }, picture(name: string): Promise<unknown> }): Promise<void> }[]} */
export const steps = [
  {
    title: 'a hover explains a function',
    async run({ page, server, picture }) {
      writeFileSync(path.join(server.folder, 'scratch.dax'), 'Rejected = DISTINCTCOUNT(FactSession[SessionId])\n');
      await openFile(page, server, 'scratch.dax', 'Rejected');
      await hoverOver(page, 'DISTINCTCOUNT', 'counts the different values');
      await picture('hover');
    },
  },
];
