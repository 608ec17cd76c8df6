// Curves in fields with axes, as SVG.

const width = 720;
/** Of the only field, and of each of several. */
const heights = { one: 360, each: 190 };
const margin = { left: 56, right: 130, top: 36, bottom: 40 };
const colours = ['#c2410c', '#0f766e', '#6d28d9', '#a16207'];

/**
 * About `count` round numbers between two.
 *
 * @param {number} low
 * @param {number} high
 */
function ticks(low, high, count = 5) {
  const rough = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(6)),
  );
}

const escaped = (/** @type {string} */ text) =>
  text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** @typedef {{ x(step: number): string, y(value: number): string, right: number, low: number, high: number, height: number }} Scale */

/**
 * Where steps and values lie in a field.
 *
 * @param {number[][]} points
 * @param {number} height
 * @returns {Scale}
 */
function scaleOf(points, height) {
  const values = points.map(([, value = 0]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const right = Math.max(...points.map(([step = 0]) => step));
  const [across, down] = [width - margin.left - margin.right, height - margin.top - margin.bottom];
  return {
    ...{ right, low, high, height },
    x: (step) => (margin.left + (step / right) * across).toFixed(1),
    y: (value) => (margin.top + ((high - value) / (high - low || 1)) * down).toFixed(1),
  };
}

/** @param {Scale} scale */
function drawAxes({ x, y, right, low, high, height }) {
  const rows = ticks(low, high).map(
    (value) =>
      `<path class="grid" d="M${margin.left} ${y(value)}H${width - margin.right}"/>` +
      `<text x="${margin.left - 8}" y="${y(value)}" dy="4" text-anchor="end">${value}</text>`,
  );
  const columns = ticks(0, right).map(
    (step) => `<text x="${x(step)}" y="${height - 18}" text-anchor="middle">${step}</text>`,
  );
  return [...rows, ...columns];
}

/**
 * A line, with its name and its last value at its end.
 *
 * @param {{ name: string, points: number[][] }} curve
 * @param {string} colour
 * @param {Scale} scale
 */
function drawLine({ name, points }, colour, { x, y }) {
  const path = points.map(([step = 0, value = 0]) => `${x(step)} ${y(value)}`).join('L');
  const [, last = 0] = points.at(-1) ?? [];
  return (
    `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>` +
    `<text x="${width - margin.right + 8}" y="${y(last)}" dy="4" style="fill:${colour}">` +
    `${escaped(name)} ${last.toPrecision(4)}</text>`
  );
}

/** @typedef {{ title: string, curves: { name: string, points: number[][] }[] }} Field */

/**
 * @param {Field} field
 * @param {number} height
 */
function drawField({ title, curves }, height) {
  const scale = scaleOf(
    curves.flatMap(({ points }) => points),
    height,
  );
  const lines = curves.map((curve, i) => drawLine(curve, colours[i % colours.length] ?? '', scale));
  return [
    `<text x="${margin.left}" y="20" font-weight="600">${escaped(title)}</text>`,
    ...[...drawAxes(scale), ...lines],
  ].join('\n');
}

/**
 * A picture of fields below each other.
 *
 * @param {Field[]} fields
 * @param {string} unit of what the curves go along
 */
export function draw(fields, unit) {
  const height = fields.length === 1 ? heights.one : heights.each;
  const all = fields.length * height;
  const groups = fields.map(
    (field, i) => `<g transform="translate(0 ${i * height})">\n${drawField(field, height)}\n</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${all}" role="img">
<title>${escaped(fields.map(({ title }) => title).join(', '))}</title>
<style>
  text { font: 12px system-ui, sans-serif; fill: #57534e }
  .grid { stroke: #a8a29e; stroke-opacity: 0.35 }
  @media (prefers-color-scheme: dark) { text { fill: #a8a29e } }
</style>
${groups.join('\n')}
<text x="${width - margin.right}" y="${all - 2}" text-anchor="end">${escaped(unit)}</text>
</svg>
`;
}
