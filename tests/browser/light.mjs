// Lightness of colours, as they are and as they are seen without some of them.

/** `rgb(…)` as three parts of one, linear. */
function linear(css) {
  const parts = css.match(/[\d.]+/g).slice(0, 3).map((part) => Number(part) / 255);
  return parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
}

/** CIE L*, from 0 to 100. */
function lightness([red, green, blue]) {
  const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

/** Viénot, Brettel and Mollon 1999 for the first two; Brettel's tritan approximated by one plane. */
const seen = {
  'in grey': ([r, g, b]) => Array(3).fill(0.2126 * r + 0.7152 * g + 0.0722 * b),
  'without red': ([r, g, b]) => [0.11238 * r + 0.88762 * g, 0.11238 * r + 0.88762 * g, 0.00401 * r - 0.00401 * g + b],
  'without green': ([r, g, b]) => [0.29275 * r + 0.70725 * g, 0.29275 * r + 0.70725 * g, -0.02234 * r + 0.02234 * g + b],
  'without blue': ([r, g, b]) => [1.01277 * r + 0.13548 * g - 0.14826 * b, -0.01243 * r + 0.86812 * g + 0.14431 * b, 0.07589 * r + 0.80500 * g + 0.11911 * b],
};

/** Marks that look too much alike: by their filling, or else by the width of their frame. */
export function marksApart(marks) {
  const names = ['m1', 'm2', 'm3', 'm4'];
  const found = [];
  for (const [how, turn] of Object.entries(seen)) {
    const of = (name) => lightness(turn(linear(marks[name].fill)).map((part) => Math.min(1, Math.max(0, part))));
    names.forEach((one, at) => names.slice(at + 1).forEach((other) => {
      const apart = Math.abs(of(one) - of(other));
      const frames = Math.abs(marks[one].strokeWidth - marks[other].strokeWidth);
      if (apart < 20 && frames < 2) found.push(`${one} and ${other} ${how} differ by ${apart.toFixed(0)} in lightness`);
    }));
  }
  return found;
}
