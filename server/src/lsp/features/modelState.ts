// daxMetrics/modelState
import { uriOf } from '../convert.ts';
import { linesOnce, placed } from '../locations.ts';
import type { ModelStateParams, ModelStateResult } from '../protocol/modelState.ts';
import { ownRequest } from './feature.ts';

export const modelStateFeature = ownRequest<ModelStateParams, ModelStateResult>(
  'daxMetrics/modelState',
  async (params, ctx) => {
    const state = await ctx.service.modelState(uriOf(params));
    if (state === undefined) return null;
    const { problem, ...rest } = state;
    return problem === undefined ? rest : { ...rest, problem: { message: problem.message, ...(await placed(ctx, linesOnce(ctx), problem.place)) } };
  },
  null,
);
