/// The page's own script: draws the data of the page as charts that zoom, in place of drawings.
///
/// It makes elements and sets texts, and never parses markup. The wheel zooms while the chart has
/// the focus or Ctrl is held, so that a reader who scrolls the page is not caught by it.
enum ChartScript {
  static let text = #"""
    "use strict";
    (() => {
      const charts = JSON.parse(document.getElementById("chart-data").textContent);
      const colour = (name, alpha) => {
        const style = getComputedStyle(document.documentElement);
        return style.getPropertyValue("--" + name).trim() + (alpha || "");
      };
      const clock = (data) => {
        const options = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
          hourCycle: "h23" };
        try {
          const format = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: data.zone });
          return (time) => format.format(new Date(data.start + time * 1000));
        } catch {
          const format = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
          return (time) => format.format(new Date(data.start + (time + data.offset) * 1000));
        }
      };
      const steps = [60, 300, 600, 900, 1800, 3600, 7200, 10800, 14400, 21600, 43200, 86400,
        172800, 604800, 1209600, 2592000, 7776000];
      // Marks at round times of the clock as it was set at the start.
      const marks = (data, scale) => {
        const most = Math.max(3, Math.floor(scale.width / 80));
        const step = steps.find((s) => (scale.max - scale.min) / s <= most) || steps.at(-1);
        const shift = (data.start / 1000 + data.offset) % step;
        const ticks = [];
        for (let n = Math.ceil((scale.min + shift) / step); n * step - shift <= scale.max; n++) {
          ticks.push({ value: n * step - shift });
        }
        return ticks;
      };
      const set = (data) => data.lines.map((line) => ({
        label: line.name,
        data: line.points.map((p) => p ? { x: p[0], y: p[1] } : { x: NaN, y: NaN }),
        borderColor: line.isArea ? "transparent" : colour(line.colour),
        backgroundColor: line.isArea ? colour(line.colour, "4d") : colour(line.colour),
        fill: line.isArea ? "shape" : false,
        borderWidth: 1.5, pointRadius: 0, tension: 0, isArea: line.isArea,
      }));
      const rules = (data) => ({
        id: "rules",
        afterDatasetsDraw(chart) {
          const { ctx, chartArea: area, scales: { y } } = chart;
          ctx.save();
          ctx.setLineDash([8, 5]);
          for (const rule of data.rules) {
            const at = y.getPixelForValue(rule.value);
            if (at < area.top || at > area.bottom) continue;
            ctx.strokeStyle = colour(rule.colour);
            ctx.beginPath();
            ctx.moveTo(area.left, at);
            ctx.lineTo(area.right, at);
            ctx.stroke();
          }
          ctx.restore();
        },
      });
      const paint = (chart, data) => {
        chart.data.datasets.forEach((own, at) => {
          const { borderColor, backgroundColor } = set(data)[at];
          Object.assign(own, { borderColor, backgroundColor });
        });
        for (const scale of Object.values(chart.options.scales)) {
          scale.grid.color = colour("grid");
          scale.ticks.color = colour("ink");
          scale.title.color = colour("ink");
        }
        chart.options.plugins.legend.labels.color = colour("ink");
        chart.update("none");
      };

      const begin = (data) => {
        const figure = document.getElementById("figure-" + data.id);
        const box = document.createElement("div");
        box.className = "chart";
        const tools = document.createElement("div");
        const title = document.createElement("p");
        title.className = "title";
        title.textContent = data.title;
        const frame = document.createElement("div");
        frame.className = "canvas";
        const canvas = document.createElement("canvas");
        canvas.tabIndex = 0;
        canvas.setAttribute("role", "img");
        canvas.setAttribute("aria-label", data.title + ". " + data.summary
          + " Keys: plus and minus zoom, arrows move, 0 shows everything.");
        frame.append(canvas);
        box.append(title, tools, frame);
        figure.prepend(box);
        figure.classList.add("live");
        const xs = data.lines.flatMap((line) => line.points).filter((p) => p).map((p) => p[0]);
        const ends = xs.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)],
          [Infinity, -Infinity]);
        const time = clock(data);
        const axis = (label) => ({ grid: {}, ticks: {}, title: { display: true, text: label } });
        const chart = new Chart(canvas, {
          type: "line",
          data: { datasets: set(data) },
          plugins: [rules(data)],
          options: {
            animation: false, parsing: false, normalized: true, spanGaps: false,
            maintainAspectRatio: false, interaction: { mode: "nearest", axis: "x",
              intersect: false },
            scales: {
              x: { ...axis(data.xLabel), type: "linear", min: ends[0], max: ends[1],
                afterBuildTicks: (scale) => { scale.ticks = marks(data, scale); },
                ticks: { callback: (value) => time(value).split(", "), autoSkip: false,
                  maxRotation: 0 } },
              y: axis(data.yLabel),
            },
            layout: { padding: { right: 8 } },
            plugins: {
              title: { display: false },
              legend: { labels: { boxHeight: 1,
                filter: (item, all) => item.text && !all.datasets[item.datasetIndex].isArea } },
              tooltip: { filter: (item) => !item.dataset.isArea,
                callbacks: { title: (items) => items.length ? time(items[0].parsed.x) : "" } },
            },
          },
        });
        const show = (low, high) => {
          const least = (ends[1] - ends[0]) / 1000;
          const width = Math.min(Math.max(high - low, least), ends[1] - ends[0]);
          const from = Math.min(Math.max(low, ends[0]), ends[1] - width);
          Object.assign(chart.options.scales.x, { min: from, max: from + width });
          chart.update("none");
        };
        const zoom = (factor, share = 0.5) => {
          const { min, max } = chart.options.scales.x;
          const centre = min + (max - min) * share;
          show(centre - (centre - min) * factor, centre + (max - centre) * factor);
        };
        const move = (share) => {
          const { min, max } = chart.options.scales.x;
          show(min + (max - min) * share, max + (max - min) * share);
        };
        const reset = () => show(ends[0], ends[1]);
        const place = (event) => {
          const { left, right } = chart.chartArea;
          const x = event.clientX - canvas.getBoundingClientRect().left;
          return Math.min(Math.max((x - left) / (right - left), 0), 1);
        };
        for (const [name, act] of [["Zoom in", () => zoom(0.5)], ["Zoom out", () => zoom(2)],
          ["Show everything", reset]]) {
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = name;
          button.addEventListener("click", act);
          tools.append(button);
        }
        canvas.addEventListener("wheel", (event) => {
          if (document.activeElement !== canvas && !event.ctrlKey) return;
          event.preventDefault();
          zoom(event.deltaY > 0 ? 1.25 : 0.8, place(event));
        }, { passive: false });
        let held = null;
        canvas.addEventListener("pointerdown", (event) => {
          held = place(event);
          canvas.setPointerCapture(event.pointerId);
        });
        canvas.addEventListener("pointermove", (event) => {
          if (held === null) return;
          const now = place(event);
          move(held - now);
          held = now;
        });
        for (const end of ["pointerup", "pointercancel"]) {
          canvas.addEventListener(end, () => { held = null; });
        }
        canvas.addEventListener("dblclick", reset);
        const keys = { "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2),
          ArrowLeft: () => move(-0.2), ArrowRight: () => move(0.2), 0: reset, Home: reset };
        canvas.addEventListener("keydown", (event) => {
          const act = keys[event.key];
          if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          act();
        });
        paint(chart, data);
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change",
          () => paint(chart, data));
      };
      charts.forEach(begin);
    })();
    """#
}
