/** Functions of finance: loans, depreciation, bonds. */
import { condition, date, each, family, number, optional, table, value } from './define.ts';

const fn = family('financial');

const settlement = date('settlement');
const maturity = date('maturity');
const frequency = number('frequency');
const basis = optional(number('basis'));
const coupon = [settlement, maturity, frequency, basis];
const dueAt = optional(number('type'));

export const financial = [
  fn('ACCRINT', 'double', [date('issue'), date('firstInterest'), settlement, number('rate'), number('par'), frequency, basis, optional(condition('calculationMethod'))], 'Interest accrued on a security that pays it at intervals.'),
  fn('ACCRINTM', 'double', [date('issue'), maturity, number('rate'), number('par'), basis], 'Interest accrued on a security that pays it at maturity.'),
  fn('AMORDEGRC', 'double', [number('cost'), date('purchased'), date('firstPeriod'), number('salvage'), number('period'), number('rate'), basis], 'Depreciation of a period in the French system, by a coefficient for the life of the asset.'),
  fn('AMORLINC', 'double', [number('cost'), date('purchased'), date('firstPeriod'), number('salvage'), number('period'), number('rate'), basis], 'Linear depreciation of a period in the French system.'),
  fn('COUPDAYBS', 'double', coupon, 'Days from the start of the coupon period to settlement.'),
  fn('COUPDAYS', 'double', coupon, 'Days of the coupon period that settlement falls in.'),
  fn('COUPDAYSNC', 'double', coupon, 'Days from settlement to the next coupon.'),
  fn('COUPNCD', 'dateTime', coupon, 'Date of the next coupon after settlement.'),
  fn('COUPNUM', 'int64', coupon, 'Number of coupons between settlement and maturity.'),
  fn('COUPPCD', 'dateTime', coupon, 'Date of the last coupon before settlement.'),
  fn('CUMIPMT', 'double', [number('rate'), number('periods'), number('presentValue'), number('startPeriod'), number('endPeriod'), number('type')], 'Interest paid on a loan from one period to another.'),
  fn('CUMPRINC', 'double', [number('rate'), number('periods'), number('presentValue'), number('startPeriod'), number('endPeriod'), number('type')], 'Principal paid off on a loan from one period to another.'),
  fn('DB', 'double', [number('cost'), number('salvage'), number('life'), number('period'), optional(number('month'))], 'Depreciation of a period by the fixed declining balance.'),
  fn('DDB', 'double', [number('cost'), number('salvage'), number('life'), number('period'), optional(number('factor'))], 'Depreciation of a period by the double declining balance, or another factor.'),
  fn('DISC', 'double', [settlement, maturity, number('price'), number('redemption'), basis], 'Discount rate of a security.'),
  fn('DOLLARDE', 'double', [number('fractionalDollar'), number('fraction')], 'Turns a price written as a fraction into a decimal number.'),
  fn('DOLLARFR', 'double', [number('decimalDollar'), number('fraction')], 'Turns a decimal price into one written as a fraction.'),
  fn('DURATION', 'double', [settlement, maturity, number('coupon'), number('yield'), frequency, basis], 'Macaulay duration of a security with a par value of 100.'),
  fn('EFFECT', 'double', [number('nominalRate'), number('periodsPerYear')], 'Effective yearly rate of a nominal one.'),
  fn('FV', 'double', [number('rate'), number('periods'), number('payment'), optional(number('presentValue')), dueAt], 'Future value of payments at a constant rate.'),
  fn('INTRATE', 'double', [settlement, maturity, number('investment'), number('redemption'), basis], 'Interest rate of a fully invested security.'),
  fn('IPMT', 'double', [number('rate'), number('period'), number('periods'), number('presentValue'), optional(number('futureValue')), dueAt], 'Interest in the payment of a period.'),
  fn('ISPMT', 'double', [number('rate'), number('period'), number('periods'), number('presentValue')], 'Interest of a period of a loan with even principal payments.'),
  fn('MDURATION', 'double', [settlement, maturity, number('coupon'), number('yield'), frequency, basis], 'Modified Macaulay duration of a security with a par value of 100.'),
  fn('NOMINAL', 'double', [number('effectiveRate'), number('periodsPerYear')], 'Nominal yearly rate of an effective one.'),
  fn('NPER', 'double', [number('rate'), number('payment'), number('presentValue'), optional(number('futureValue')), dueAt], 'Number of periods of an investment with constant payments.'),
  fn('ODDFPRICE', 'double', [settlement, maturity, date('issue'), date('firstCoupon'), number('rate'), number('yield'), number('redemption'), frequency, basis], 'Price per 100 of a security with an odd first period.'),
  fn('ODDFYIELD', 'double', [settlement, maturity, date('issue'), date('firstCoupon'), number('rate'), number('price'), number('redemption'), frequency, basis], 'Yield of a security with an odd first period.'),
  fn('ODDLPRICE', 'double', [settlement, maturity, date('lastInterest'), number('rate'), number('yield'), number('redemption'), frequency, basis], 'Price per 100 of a security with an odd last period.'),
  fn('ODDLYIELD', 'double', [settlement, maturity, date('lastInterest'), number('rate'), number('price'), number('redemption'), frequency, basis], 'Yield of a security with an odd last period.'),
  fn('PDURATION', 'double', [number('rate'), number('presentValue'), number('futureValue')], 'Periods that an investment needs to reach a value.'),
  fn('PMT', 'double', [number('rate'), number('periods'), number('presentValue'), optional(number('futureValue')), dueAt], 'Payment of each period of a loan.'),
  fn('PPMT', 'double', [number('rate'), number('period'), number('periods'), number('presentValue'), optional(number('futureValue')), dueAt], 'Principal in the payment of a period.'),
  fn('PRICE', 'double', [settlement, maturity, number('rate'), number('yield'), number('redemption'), frequency, basis], 'Price per 100 of a security that pays interest at intervals.'),
  fn('PRICEDISC', 'double', [settlement, maturity, number('discount'), number('redemption'), basis], 'Price per 100 of a discounted security.'),
  fn('PRICEMAT', 'double', [settlement, maturity, date('issue'), number('rate'), number('yield'), basis], 'Price per 100 of a security that pays interest at maturity.'),
  fn('PV', 'double', [number('rate'), number('periods'), number('payment'), optional(number('futureValue')), dueAt], 'Present value of payments at a constant rate.'),
  fn('RATE', 'double', [number('periods'), number('payment'), number('presentValue'), optional(number('futureValue')), dueAt, optional(number('guess'))], 'Interest rate per period of an annuity.'),
  fn('RECEIVED', 'double', [settlement, maturity, number('investment'), number('discount'), basis], 'Amount received at maturity for a fully invested security.'),
  fn('RRI', 'double', [number('periods'), number('presentValue'), number('futureValue')], 'Rate at which an investment grows from one value to another.'),
  fn('SLN', 'double', [number('cost'), number('salvage'), number('life')], 'Straight-line depreciation of a period.'),
  fn('SYD', 'double', [number('cost'), number('salvage'), number('life'), number('period')], 'Depreciation of a period by the sum of the years’ digits.'),
  fn('TBILLEQ', 'double', [settlement, maturity, number('discount')], 'Bond-equivalent yield of a Treasury bill.'),
  fn('TBILLPRICE', 'double', [settlement, maturity, number('discount')], 'Price per 100 of a Treasury bill.'),
  fn('TBILLYIELD', 'double', [settlement, maturity, number('price')], 'Yield of a Treasury bill.'),
  fn('VDB', 'double', [number('cost'), number('salvage'), number('life'), number('startPeriod'), number('endPeriod'), optional(number('factor')), optional(condition('noSwitch'))], 'Depreciation from one period to another by the declining balance.'),
  fn('XIRR', 'double', [table(), each('values'), each('dates'), optional(number('guess')), optional(value('alternate'))], 'Internal rate of return of payments on given dates.'),
  fn('XNPV', 'double', [table(), each('values'), each('dates'), number('rate')], 'Present value of payments on given dates.'),
  fn('YIELD', 'double', [settlement, maturity, number('rate'), number('price'), number('redemption'), frequency, basis], 'Yield of a security that pays interest at intervals.'),
  fn('YIELDDISC', 'double', [settlement, maturity, number('price'), number('redemption'), basis], 'Yearly yield of a discounted security.'),
  fn('YIELDMAT', 'double', [settlement, maturity, date('issue'), number('rate'), number('price'), basis], 'Yearly yield of a security that pays interest at maturity.'),
];
