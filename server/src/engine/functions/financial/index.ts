/** The financial functions. */
import { annuities } from './annuities.ts';
import { bills } from './bills.ts';
import { bonds } from './bonds.ts';
import { coupons } from './coupons.ts';
import { depreciation } from './depreciation.ts';
import { oddPeriods } from './oddPeriods.ts';

export const financialFunctions = { ...annuities, ...bills, ...bonds, ...coupons, ...depreciation, ...oddPeriods };
