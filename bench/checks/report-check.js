// What ReportCheck.java runs inside a page. Each function returns a list of sentences, empty if all is well.
({
  // Geometry, legibility, names: what can be seen without touching anything.
  look({ smallest, contrast }) {
    const found = [];
    const visible = element => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !element.closest('.vh, .skip');
    const place = element => {
      const section = element.closest('section, header, footer, nav')?.id || element.closest('header, footer, nav')?.localName || 'page';
      return `${section}: ${element.localName}.${element.getAttribute('class') ?? ''} “${element.textContent.trim().slice(0, 40)}”`;
    };
    const say = (what, element, detail = '') => found.push(`${what} in ${place(element)} ${detail}`.trim());
    const room = document.documentElement.clientWidth;

    // Nothing sticks out of the window, or of a box that hides what does not fit.
    if (document.documentElement.scrollWidth > room) found.push(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${room}`);
    for (const element of document.querySelectorAll('body *:not(svg *)')) {
      if (!visible(element)) continue;
      const style = getComputedStyle(element), spills = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
      if (spills && ['hidden', 'clip'].includes(style.overflowX) && element.textContent.trim()) say('text is cut', element);
      if (spills && style.overflowX === 'auto' && (element.tabIndex !== 0 || !element.ariaLabel)) say('a box that scrolls has no name or tab stop', element);
      if (!element.closest('.scroll') && element.getBoundingClientRect().right > room + 1 && document.documentElement.scrollWidth > room) say('sticks out', element);
    }

    // Labels of plots are inside, apart from each other, and large enough.
    for (const plot of document.querySelectorAll('svg[role=img]')) {
      if (!plot.ariaLabel) say('a plot has no name', plot);
      if (!visible(plot)) continue;
      const frame = plot.getBoundingClientRect(), scale = frame.width / plot.viewBox.baseVal.width;
      const labels = [...plot.querySelectorAll('text')].filter(t => t.textContent.trim()).map(t => {
        const b = t.getBoundingClientRect(), size = parseFloat(getComputedStyle(t).fontSize) * scale, turned = t.hasAttribute('transform');
        if (size < smallest - 0.05) say('a label is too small', t, `${size.toFixed(1)} px`);
        if (b.left < frame.left - 1.5 || b.right > frame.right + 1.5 || b.top < frame.top - 3 || b.bottom > frame.bottom + 3) say('a label leaves its plot', t);
        const slack = 0.22 * size; // lines are higher than letters
        return { t, l: b.left + (turned ? slack : 0.5), r: b.right - (turned ? slack : 0.5), a: b.top + (turned ? 0.5 : slack), z: b.bottom - (turned ? 0.5 : slack) };
      });
      labels.forEach((p, i) => labels.slice(i + 1).forEach(q => {
        if (p.l < q.r && q.l < p.r && p.a < q.z && q.a < p.z) say('labels lie on one another', p.t, `and “${q.t.textContent}”`);
      }));
    }

    // Ink against what is painted under it.
    const pen = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
    const parsed = new Map();
    const rgba = css => {
      if (!parsed.has(css)) { pen.clearRect(0, 0, 1, 1); pen.fillStyle = css; pen.fillRect(0, 0, 1, 1); parsed.set(css, [...pen.getImageData(0, 0, 1, 1).data]); }
      return parsed.get(css);
    };
    const paint = (under, [r, g, b, a], opacity = 1) => { const w = (a / 255) * opacity; return [r, g, b].map((v, i) => w * v + (1 - w) * under[i]); };
    const light = rgb => rgb.map(v => v / 255).map(v => (v > 0.04045 ? ((v + 0.055) / 1.055) ** 2.4 : v / 12.92)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0.05);
    const ground = element => (element ? paint(ground(element.parentElement), rgba(getComputedStyle(element).backgroundColor)) : [255, 255, 255]);
    const judged = new Set();
    const judge = (element, ink, paper) => {
      const [a, b] = [light(paint(paper, ink)), light(paper)], ratio = Math.max(a, b) / Math.min(a, b);
      const key = `${element.localName}.${element.getAttribute('class')} ${ratio.toFixed(1)}`;
      if (ratio < contrast - 0.02 && !judged.has(key)) { judged.add(key); say('text is too pale', element, `${ratio.toFixed(2)} : 1`); }
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement, style = getComputedStyle(element);
      if (!texts.currentNode.data.trim() || !visible(element) || element.closest('script, style, noscript, title')) continue;
      const svg = element.closest('svg');
      if (!svg) {
        if (parseFloat(style.fontSize) < smallest) say('text is too small', element, style.fontSize);
        judge(element, rgba(style.color), ground(element));
        continue;
      }
      const box = element.getBoundingClientRect(), x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
      const under = [...svg.querySelectorAll('rect')].filter(r => {
        const b = r.getBoundingClientRect();
        return r.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING && b.left <= x && x <= b.right && b.top <= y && y <= b.bottom;
      }).map(r => getComputedStyle(r)).filter(s => s.fill !== 'none');
      judge(element, rgba(style.fill), under.reduce((paper, s) => paint(paper, rgba(s.fill), Number(s.fillOpacity)), ground(svg)));
    }

    // What assistive software reads.
    let level = 0;
    for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
      const next = Number(heading.localName[1]);
      if (next > level + 1) say('a heading skips a level', heading);
      level = next;
    }
    for (const svg of document.querySelectorAll('svg:not([role], [aria-hidden])')) say('a drawing is neither named nor hidden', svg);
    for (const image of document.images) if (!image.alt || !image.naturalWidth) say('a picture is not there or has no text', image);
    for (const table of document.querySelectorAll('table')) if (!table.querySelector('th[scope=col]')) say('a table has no heads', table);
    for (const input of document.querySelectorAll('input')) if (!input.labels.length) say('a control has no label', input);
    for (const link of document.querySelectorAll('a')) if (!document.querySelector(link.getAttribute('href'))) say('a link leads nowhere', link);
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
    ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => found.push(`two elements have the id ${id}`));
    return found;
  },

  // Slider, sorting, keys.
  touch() {
    const found = [];
    const slider = document.getElementById('temperature');
    if (slider) {
      const { examples, unit } = JSON.parse(document.getElementById('logits').textContent);
      const bars = () => [...document.querySelectorAll('.card')].map(card => [...card.querySelectorAll('.bt')].map(bar => bar.width.baseVal.value / unit.scale));
      const at = value => { slider.value = value; slider.dispatchEvent(new Event('input', { bubbles: true })); return bars(); };
      const start = slider.value, cold = at(slider.min), hot = at(slider.max);
      at(start);
      cold.forEach((card, i) => {
        if (!(Math.max(...hot[i]) < Math.max(...card))) found.push(`the slider does not flatten card ${i}`);
        for (const p of [card, hot[i]]) if (p.length === examples[0].teacher.length && Math.abs(p.reduce((a, b) => a + b) - 1) > 0.01) found.push(`the bars of card ${i} do not sum to 1`);
      });
      if (!/\d/.test(slider.getAttribute('aria-valuetext') ?? '')) found.push('the slider does not say its value');
    }
    const head = document.querySelector('table.sortable th button'), body = head?.closest('table').tBodies[0];
    if (head) {
      const order = () => [...body.rows].map(row => row.cells[0].textContent).join();
      head.click();
      const up = order();
      head.click();
      if (body.rows.length > 1 && up === order() && new Set(up.split(',')).size > 1) found.push('sorting changes nothing');
    }
    const plot = document.querySelector('svg[tabindex="0"]');
    plot?.focus();
    plot?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    if (!document.querySelector('.tip')?.textContent) found.push('arrow keys show no value of a plot');
    plot?.blur();
    return found;
  },

  unfold() {
    document.querySelectorAll('details').forEach(d => { d.open = true; });
    return [];
  },

  // What must be the same without JavaScript.
  count() {
    return [`${document.querySelectorAll('main section').length} sections, ${document.querySelectorAll('svg[role=img]').length} plots, ${document.querySelectorAll('.card').length} cards`];
  },

  // Only where JavaScript is off.
  still() {
    const found = [];
    if (document.querySelector('.dial')?.checkVisibility()) found.push('the slider shows although it cannot work');
    const bars = [...document.querySelectorAll('.card .bt')];
    if (bars.length && !bars.some(bar => bar.width.baseVal.value > 0)) found.push('the bars of the examples are empty');
    return found;
  },

  // Only where the page is printed.
  paper() {
    const colour = getComputedStyle(document.body).backgroundColor;
    return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).every(v => v >= 240) ? [] : [`the paper is ${colour}, not light`];
  },
})
