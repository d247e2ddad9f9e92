/** The chart beside the grid: lines over time, bars and stacked bars, in the colours of the theme. */
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip, type ChartConfiguration } from 'chart.js';
import { element } from '../page.ts';
import { chartSummary, sentence, type ChartData } from './chartData.ts';

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

export interface ChartView {
  readonly element: HTMLElement;
  /** @param data undefined: nothing is drawn */
  show(data: ChartData | undefined): void;
  dispose(): void;
}

/** Ticks of an axis of time. */
const mostTicks = 8;
/** Labels of bars that are written; of more of them some are left out. */
const mostLabels = 14;
/** A chart that is wider than the one and lower than the other has its legend beside it. */
const wide = 380;
const low = 240;

const isFlat = (holder: HTMLElement | null): boolean => holder !== null && holder.clientWidth > wide && holder.clientHeight < low;
/** Room of the chart that the numbers of its axis take, in pixels. */
const besides = 56;
const hues = ['blue', 'orange', 'green', 'purple', 'red', 'foreground'] as const;
const points = ['circle', 'rect', 'triangle', 'rectRot', 'crossRot', 'star', 'rectRounded', 'cross'] as const;

export function createChart(): ChartView {
  const canvas = element('canvas', { role: 'img' });
  const note = element('p', { class: 'notes' });
  const holder = element('div', { class: 'canvas' }, canvas);
  const figure = element('div', { class: 'chart' }, holder, note);
  let shown: ChartData | undefined;
  let chart: Chart | undefined;

  const draw = (): void => {
    chart?.destroy();
    chart = undefined;
    figure.hidden = shown === undefined;
    if (shown === undefined) return;
    note.textContent = shown.left.map(sentence).join('. ');
    note.hidden = shown.left.length === 0;
    canvas.setAttribute('aria-label', chartSummary(shown));
    chart = new Chart(canvas, configuration(shown, canvas));
  };

  // The theme is told by the classes and the style of the page.
  const theme = new MutationObserver(draw);
  theme.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });

  return {
    element: figure,
    show(data) {
      shown = data;
      draw();
    },
    dispose() {
      theme.disconnect();
      chart?.destroy();
    },
  };
}

function colour(name: string): string {
  const style = getComputedStyle(document.documentElement);
  return style.getPropertyValue(`--vscode-${name}`).trim() || style.getPropertyValue('--vscode-foreground').trim() || '#888';
}

/** Lines of the grid are seen when they are looked for. */
const faint = (it: string): string => (/^#[0-9a-f]{6}$/i.test(it) ? `${it}26` : `color-mix(in srgb, ${it} 15%, transparent)`);

function configuration(data: ChartData, canvas: HTMLCanvasElement): ChartConfiguration {
  const foreground = colour('foreground');
  const lines = faint(foreground);
  const font = { family: getComputedStyle(document.body).fontFamily, size: 11 };
  const { times } = data;
  const isLine = data.kind === 'line';
  const isStacked = data.kind === 'stacked';
  /** Characters that a label has room for. */
  const characters = (): number => Math.max(3, Math.floor(((canvas.parentElement?.clientWidth ?? 0) - besides) / Math.max(1, Math.min(mostLabels, data.categories.length)) / (font.size * 0.58)));
  const textOf = (time: number): string => data.categories[times?.indexOf(time) ?? -1] ?? '';
  return {
    type: isLine ? 'line' : 'bar',
    data: {
      labels: [...data.categories],
      datasets: data.series.map((it, i) => {
        const own = colour(`charts-${hues[i % hues.length] ?? 'blue'}`);
        const values = times === undefined ? [...it.values] : it.values.map((y, at) => ({ x: times[at] ?? 0, y }));
        return {
          label: it.name,
          data: values as never,
          borderColor: own,
          backgroundColor: own,
          ...(isLine
            ? { borderWidth: 1.5, borderDash: i < hues.length ? [] : [5, 3], pointRadius: data.categories.length > 60 ? 0 : 2.5, pointStyle: points[i % points.length] ?? 'circle', tension: 0, spanGaps: false }
            : { borderWidth: 0, maxBarThickness: 44, categoryPercentage: 0.75, barPercentage: 0.92 }),
        };
      }),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: isLine ? 'nearest' : 'index', axis: 'x', intersect: false },
      color: foreground,
      font,
      scales: {
        x: {
          ...(times === undefined ? { type: 'category' as const } : { type: 'linear' as const, min: times[0] ?? 0, max: times.at(-1) ?? 0 }),
          stacked: isStacked,
          grid: { display: false },
          border: { color: lines },
          ticks: { color: foreground, font, maxRotation: 0, autoSkip: times === undefined ? data.categories.length > mostLabels : true, callback: (value) => (times === undefined ? lined(data.categories[Number(value)] ?? '', characters()) : textOf(Number(value))) },
          ...(times === undefined ? {} : { afterBuildTicks: (axis) => { axis.ticks = fewOf(times).map((value) => ({ value })); } }),
        },
        y: {
          stacked: isStacked,
          beginAtZero: true,
          grid: { color: lines },
          border: { display: false },
          ticks: { color: foreground, font, maxTicksLimit: 6, ...(data.isPercent ? { callback: (value) => percent(Number(value)) } : {}) },
          title: { display: false },
        },
      },
      plugins: {
        legend: { display: data.series.length > 1, position: isFlat(canvas.parentElement) ? 'right' : 'top', align: 'start', labels: { color: foreground, font, boxWidth: 10, boxHeight: 8, usePointStyle: isLine } },
        tooltip: {
          backgroundColor: colour('editorHoverWidget-background'), titleColor: colour('editorHoverWidget-foreground'), bodyColor: colour('editorHoverWidget-foreground'),
          borderColor: colour('editorHoverWidget-border'), borderWidth: 1, cornerRadius: 3, padding: 8, titleFont: font, bodyFont: font,
          callbacks: {
            title: ([item]) => data.categories[item?.dataIndex ?? -1] ?? '',
            label: ({ datasetIndex, dataIndex }) => `${data.series[datasetIndex]?.name ?? ''}: ${data.series[datasetIndex]?.texts[dataIndex] ?? ''}`,
          },
        },
      },
    },
  };
}

/** Ticks are round numbers, but for what a double adds to them. */
const percent = (value: number): string => `${Number((value * 100).toPrecision(12)).toLocaleString('en-US')}%`;

/** A label below the axis: on two lines where it is long, and cut where it is longer. */
function lined(text: string, longest: number): string[] {
  const cut = (it: string): string => (it.length > longest ? `${it.slice(0, Math.max(1, longest - 1))}…` : it);
  const blank = text.length > longest ? text.lastIndexOf(' ', longest) : -1;
  return blank > 0 ? [text.slice(0, blank), cut(text.slice(blank + 1))] : [cut(text)];
}

/** Values spread evenly over those there are, so that each tick is one that has a point. */
function fewOf(times: readonly number[]): readonly number[] {
  const step = Math.max(1, Math.ceil((times.length - 1) / (mostTicks - 1)));
  return times.filter((_, i) => i % step === 0);
}
