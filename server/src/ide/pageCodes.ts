/** The codes that a metric page names around its DAX: in the cells of its elements. */
import type { Span } from '../base/spans.ts';
import { blocksOf } from '../lint/pages/blocks.ts';
import { pageCodes } from '../lint/pages/codes.ts';
import type { Choice, ChoiceOption, Column, Table } from '../model/model.ts';
import type { ModelView, Workspace } from '../workspace/types.ts';

export interface PageCodePlace {
  /** The literal in the document, quotes included. */
  readonly span: Span;
  readonly code: string;
  readonly choice: Choice;
  readonly option: ChoiceOption | undefined;
  /** `entity.attribute`. */
  readonly attribute: string;
  /** A label stands behind it already. */
  readonly isLabelled: boolean;
  /** A column that holds the attribute's values, in a model of the place. */
  readonly column: { readonly table: Table; readonly column: Column } | undefined;
  readonly view: ModelView | undefined;
}

/** @returns nothing for a document that is no page */
export async function pageCodesOf(workspace: Workspace, uri: string): Promise<readonly PageCodePlace[]> {
  const page = await workspace.page(uri);
  if (page === undefined) return [];
  const views = await workspace.models();
  return blocksOf(page).flatMap((block) =>
    [...pageCodes(block)].map(({ literal, name, choice, verdict, clause, leaf }): PageCodePlace => {
      const code = /^\d+$/.test(literal.text) ? String(BigInt(literal.text)) : literal.text;
      const columns = block.schema.columns(name.entity, name.attribute);
      const column = columns.find((it) => it.column.choice !== undefined) ?? columns[0];
      return {
        span: literal.span, code, choice, option: verdict.kind === 'known' ? verdict.option : undefined, attribute: `${name.entity}.${name.attribute}`,
        isLabelled: clause.notes.some((it) => it.condition === leaf),
        column, view: views.find((it) => it.model === (column?.whole ?? block.schema.wholes[0])?.model),
      };
    }));
}

/** The code under the pointer. */
export const pageCodeAt = async (workspace: Workspace, uri: string, offset: number): Promise<PageCodePlace | undefined> =>
  (await pageCodesOf(workspace, uri)).find(({ span }) => span.start <= offset && offset <= span.end);
