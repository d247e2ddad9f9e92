/** A metric that nothing reads and that the model does not call public. */
import { nameKey } from '../../model/model.ts';
import { defineRule } from '../rule.ts';

export const unusedMetric = defineRule({
  id: 'unused-metric',
  category: 'metric',
  severity: 'information',
  help: 'The model lists its public metrics under `public:`, and this one is not among them; no other metric, page, tag or query mentions it either. Add it to the list, or remove it.',
  bad: 'Turns = SUM(FactSession[WaitTime])',
  good: 'Sessions = COUNTROWS(FactSession)',
  exampleModel: 'public: [Sessions]',
  messages: { default: (p: { name: string; model: string }) => `Nothing uses ${p.name}, and ${p.model} does not list it as public.` },
  concerns: (_, { model }) => model.publicMetrics.size > 0,
  definition(ctx, report) {
    const { symbol, whole, model, place, segment: { item } } = ctx;
    if (item.kind !== 'measure' || place !== 'file' || model.publicMetrics.size === 0) return;
    if (model.publicMetrics.has(nameKey(symbol.name)) || whole.isMentioned(symbol)) return;
    report('default', { name: symbol.name, model: model.name }, item.nameSpan, { tag: 'unnecessary' });
  },
});
