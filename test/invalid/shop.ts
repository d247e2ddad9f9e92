/** The model of the invalid and the good inputs: a shop with dates, targets and two choices. */
export const shop = `
//- /shop.daxmodel.yaml
name: shop
tables:
  Sales:
    rows: []
    columns:
      OrderId: { type: int64, key: true }
      CustomerId: { type: string }
      ProductId: { type: int64 }
      OrderDate: { type: dateTime }
      ShipDate: { type: dateTime }
      Quantity: { type: int64 }
      Price: { type: double }
      Channel: { type: string, choice: channel }
      Status: { type: int64, choice: status }
      IsOnline: { type: boolean }
      Note: { type: string }
  Customer:
    rows: []
    columns: { CustomerId: { type: string, key: true }, Name: { type: string }, City: { type: string } }
  Product:
    rows: []
    columns: { ProductId: { type: int64, key: true }, Name: { type: string }, Color: { type: string }, Cost: { type: double } }
  Date:
    rows: []
    dateTable: Date
    columns: { Date: { type: dateTime, key: true }, Year: { type: int64 }, Month: { type: string } }
  Sales Targets:
    rows: []
    columns: { Year: { type: int64 }, Target: { type: double } }
relationships:
  - { from: "Sales[CustomerId]", to: "Customer[CustomerId]" }
  - { from: "Sales[ProductId]", to: "Product[ProductId]" }
  - { from: "Sales[OrderDate]", to: "Date[Date]" }
  - { from: "Sales[ShipDate]", to: "Date[Date]", active: false }
choices:
  channel: { 192350000: { label: Web }, 192350001: { label: Shop } }
  status: { 192360000: { label: Open }, 192360001: { label: Sent }, 192360002: { label: Closed } }
//- /metrics.dax
Units = SUM(Sales[Quantity])
Revenue = SUMX(Sales, Sales[Quantity] * Sales[Price])
MEASURE Sales[Pieces] = [Units]
`;
