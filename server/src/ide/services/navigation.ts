/** Where things are: definitions, references, calls, symbols, and the shape of the text. */
import type { Span } from '../../base/spans.ts';
import { incomingCalls, outgoingCalls, prepareCallHierarchy, type IncomingCall, type OutgoingCall } from '../callHierarchy/callHierarchy.ts';
import type { CallItem } from '../callHierarchy/definitions.ts';
import { definition, type DefinitionLink } from '../definition.ts';
import { documentHighlights, type DocumentHighlight } from '../documentHighlight.ts';
import { documentSymbols, type DocumentSymbol } from '../documentSymbols.ts';
import { foldingRanges, type FoldingRange } from '../foldingRanges.ts';
import { references } from '../references/references.ts';
import { selectionRanges } from '../selectionRanges.ts';
import type { Location } from '../spot.ts';
import { workspaceSymbols, type WorkspaceSymbol } from '../workspaceSymbols.ts';
import type { ServiceContext } from './context.ts';

export interface NavigationService {
  definition(uri: string, offset: number): Promise<readonly DefinitionLink[]>;
  references(uri: string, offset: number, withDefinitions: boolean): Promise<readonly Location[]>;
  documentHighlights(uri: string, offset: number): Promise<readonly DocumentHighlight[]>;
  prepareCallHierarchy(uri: string, offset: number): Promise<readonly CallItem[]>;
  /** @param offset of the item's name, as `outgoingCalls` wants it too */
  incomingCalls(uri: string, offset: number): Promise<readonly IncomingCall[]>;
  outgoingCalls(uri: string, offset: number): Promise<readonly OutgoingCall[]>;
  workspaceSymbols(query: string): Promise<readonly WorkspaceSymbol[]>;
  documentSymbols(uri: string): Promise<readonly DocumentSymbol[]>;
  foldingRanges(uri: string): Promise<readonly FoldingRange[]>;
  /** For each offset the ranges around it, the innermost first. */
  selectionRanges(uri: string, offsets: readonly number[]): Promise<readonly (readonly Span[])[]>;
}

export function createNavigation({ workspace }: ServiceContext): NavigationService {
  return {
    definition: (uri, offset) => definition(workspace(), uri, offset),
    references: (uri, offset, withDefinitions) => references(workspace(), uri, offset, withDefinitions),
    documentHighlights: (uri, offset) => documentHighlights(workspace(), uri, offset),
    prepareCallHierarchy: (uri, offset) => prepareCallHierarchy(workspace(), uri, offset),
    incomingCalls: (uri, offset) => incomingCalls(workspace(), uri, offset),
    outgoingCalls: (uri, offset) => outgoingCalls(workspace(), uri, offset),
    workspaceSymbols: (query) => workspaceSymbols(workspace(), query),
    documentSymbols: (uri) => documentSymbols(workspace(), uri),
    foldingRanges: (uri) => foldingRanges(workspace(), uri),
    selectionRanges: (uri, offsets) => selectionRanges(workspace(), uri, offsets),
  };
}
