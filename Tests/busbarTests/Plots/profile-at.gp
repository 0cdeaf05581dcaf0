# gnuplot 5.4 or newer: gnuplot -d THIS.gp > FIGURE.svg
set encoding utf8
set terminal svg size 960,540 dynamic noenhanced font 'sans-serif,12' background rgb '#ffffff'
$panel0_0 << END
0 1.019994
0 1.018696
120 1.015107
200 1.012979
260 1.011118

END
set multiplot
# Panel 1
set label 1 'Voltage along the feeder' at screen 0.08125, screen 0.9555556 left font ',16' tc rgb '#1c1e21' front
set label 2 'A small low-voltage feeder – 2025-01-15 18:00' at screen 0.08125, screen 0.912963 left font ',11' tc rgb '#5a616b' front
set lmargin at screen 0.08125
set rmargin at screen 0.975
set tmargin at screen 0.837037
set bmargin at screen 0.1222222
set border 3 lc rgb '#8a9099'
set tics nomirror out scale 0.5 tc rgb '#1c1e21'
set xlabel 'distance from the source (m)' tc rgb '#1c1e21'
set xrange [*:*]
set xtics autofreq
set ylabel 'voltage to earth (pu)' offset 0.6, 0 tc rgb '#1c1e21'
set yrange [0.934:1.066]
set ytics autofreq
set grid xtics ytics back lt 1 lc rgb '#d9dce1' lw 0.6
unset colorbox
set key at graph 0, graph 1 left bottom horizontal Left reverse samplen 1.6 spacing 1.1 width 1 tc rgb '#1c1e21' font ',11'
set arrow from graph 0, first 0.94 to graph 1, first 0.94 nohead front lc rgb '#b3123c' dt (8, 5) lw 1.2
set arrow from graph 0, first 1.06 to graph 1, first 1.06 nohead front lc rgb '#b3123c' dt (8, 5) lw 1.2
plot $panel0_0 with lines lc rgb '#d55e00' lt 1 lw 1.6 title 'phase a', \
  keyentry with lines lc rgb '#b3123c' dt (8, 5) lw 1.2 title 'limits'
unset label
unset arrow
unset multiplot
