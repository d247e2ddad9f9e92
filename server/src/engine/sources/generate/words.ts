/** Made-up names: lists of our own, put together. No name of a real person, company or product is meant. */
import type { WordList } from '../../../model/generate.ts';

const given = [
  'Ada', 'Amir', 'Anna', 'Aylin', 'Ben', 'Bo', 'Carla', 'Chen', 'Clara', 'Dara', 'David', 'Elif', 'Emil', 'Eva', 'Farid', 'Finn',
  'Grace', 'Hana', 'Hugo', 'Ida', 'Ines', 'Ivan', 'Jana', 'Jonas', 'Jun', 'Kai', 'Karim', 'Lara', 'Leo', 'Lin', 'Luis', 'Maja',
  'Marco', 'Mia', 'Mona', 'Nadia', 'Nils', 'Nora', 'Olga', 'Omar', 'Paula', 'Petra', 'Quinn', 'Rafa', 'Rosa', 'Sami', 'Sara', 'Tariq',
  'Tessa', 'Timo', 'Uma', 'Vera', 'Viktor', 'Wanda', 'Yara', 'Yuki', 'Zane', 'Zoe',
] as const;
const family = [
  'Adler', 'Aksoy', 'Amari', 'Bach', 'Berg', 'Blum', 'Castro', 'Choi', 'Dahl', 'Demir', 'Diaz', 'Ebert', 'Falk', 'Fonseca', 'Gomez', 'Grant',
  'Haas', 'Hansen', 'Ibarra', 'Ito', 'Jansen', 'Kaya', 'Keller', 'Kim', 'Kovac', 'Lang', 'Lopes', 'Marin', 'Meyer', 'Mori', 'Nagy', 'Novak',
  'Okoye', 'Olsen', 'Park', 'Petrov', 'Quist', 'Rahman', 'Reis', 'Rossi', 'Sato', 'Silva', 'Singh', 'Stein', 'Tanaka', 'Torres', 'Usman', 'Vega',
  'Vogel', 'Wagner', 'Weiss', 'Xu', 'Yilmaz', 'Zeller', 'Zimmer',
] as const;
const things = [
  'Amber', 'Birch', 'Canyon', 'Cedar', 'Cobalt', 'Copper', 'Coral', 'Delta', 'Ember', 'Falcon', 'Fern', 'Granite', 'Harbor', 'Indigo', 'Jasper', 'Juniper',
  'Lagoon', 'Lark', 'Maple', 'Marble', 'Meadow', 'Mistral', 'Nimbus', 'Oak', 'Onyx', 'Orchid', 'Pebble', 'Pine', 'Quartz', 'Raven', 'Ridge', 'River',
  'Saffron', 'Sierra', 'Summit', 'Thistle', 'Tundra', 'Umber', 'Valley', 'Willow', 'Zephyr',
] as const;
const trades = ['Foods', 'Freight', 'Garden', 'Glass', 'Group', 'Labs', 'Works', 'Outdoor', 'Paper', 'Systems', 'Textiles', 'Tools', 'Trading', 'Travel'] as const;
const goods = ['Bag', 'Bench', 'Bottle', 'Chair', 'Clock', 'Desk', 'Helmet', 'Jacket', 'Kettle', 'Lamp', 'Mug', 'Notebook', 'Pump', 'Radio', 'Shelf', 'Stove', 'Table', 'Tent'] as const;
const places = ['bridge', 'burg', 'dale', 'field', 'ford', 'haven', 'mouth', 'port', 'stead', 'ton', 'view', 'ville'] as const;

const pairs = (first: readonly string[], second: readonly string[], joined: (a: string, b: string) => string): readonly string[] =>
  first.flatMap((a) => second.map((b) => joined(a, b)));

/** Words of a list, each once. */
export function wordsOf(list: WordList): readonly string[] {
  switch (list) {
    case 'person': return pairs(given, family, (a, b) => `${a} ${b}`);
    case 'company': return pairs(things, trades, (a, b) => `${a} ${b}`);
    case 'product': return pairs(things, goods, (a, b) => `${a} ${b}`);
    case 'city': return pairs(things, places, (a, b) => `${a}${b}`);
    case 'word': return things;
  }
}
