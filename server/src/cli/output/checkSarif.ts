/** Findings as SARIF 2.1.0 (OASIS), for code scanning services and viewers. */
import { allRules } from '../../lint/index.ts';
import type { ReportFix, ReportRow } from './checkReport.ts';

export interface SarifTool {
  readonly version: string;
  /** Address of the folder of the rules' pages, where it is known. */
  readonly rulePages?: string;
}

const levels = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

/** The log of one run; each rule that has a finding is described once, and findings say which it is. */
export function sarifLog(rows: readonly ReportRow[], { version, rulePages }: SarifTool): object {
  const ids = [...new Set(rows.map((it) => it.rule))].sort();
  const indexes = new Map(ids.map((id, i) => [id, i]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        columnKind: 'utf16CodeUnits',
        tool: { driver: { name: 'dax-metrics', semanticVersion: version, rules: ids.map((id) => describe(id, rulePages)) } },
        results: rows.map((row) => ({
          ruleId: row.rule,
          ruleIndex: indexes.get(row.rule) ?? -1,
          level: levels[row.severity],
          message: { text: row.message },
          locations: [{ physicalLocation: { artifactLocation: { uri: address(row.file) }, region: region(row.range) } }],
          ...(row.fixes.length === 0 ? {} : { fixes: row.fixes.map(fixOf) }),
        })),
      },
    ],
  };
}

function describe(id: string, rulePages: string | undefined): object {
  const rule = allRules.get(id);
  if (rule === undefined) return { id };
  const { help, category, severity, bad, good } = rule;
  const fence = (text: string): string => (text.includes('```') ? `\`\`\`\`markdown\n${text}\n\`\`\`\`` : `\`\`\`dax\n${text}\n\`\`\``);
  const examples = bad === undefined || good === undefined ? '' : `\n\nReported:\n\n${fence(bad)}\n\nRight:\n\n${fence(good)}`;
  return {
    id,
    shortDescription: { text: firstSentence(help) },
    fullDescription: { text: help },
    help: { text: help, markdown: `${help}${examples}` },
    defaultConfiguration: { level: levels[severity] },
    ...(rulePages === undefined ? {} : { helpUri: `${rulePages}${id}.md` }),
    properties: { tags: [category] },
  };
}

const firstSentence = (text: string): string => /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;

/** Edits of one file belong together, in order of place. */
function fixOf({ title, edits }: ReportFix): object {
  const files = new Map<string, ReportFix['edits'][number][]>();
  for (const it of edits) files.set(it.file, [...(files.get(it.file) ?? []), it]);
  return {
    description: { text: title },
    artifactChanges: [...files].map(([file, its]) => ({
      artifactLocation: { uri: address(file) },
      replacements: its.map((it) => ({ deletedRegion: region(it.range), insertedContent: { text: it.newText } })),
    })),
  };
}

const region = ({ start, end }: ReportRow['range']): object =>
  ({ startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column });

/** A relative path as a relative reference: what an address keeps for itself is escaped. */
const address = (file: string): string => file.split('/').map(encodeURIComponent).join('/');
