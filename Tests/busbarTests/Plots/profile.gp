# gnuplot 5.4 or newer: gnuplot -d THIS.gp > FIGURE.svg
set encoding utf8
set terminal svg size 960,540 dynamic noenhanced font 'sans-serif,12' background rgb '#ffffff'
$panel0_0 << END
0 1.019947
0 1.017687
120 1.01271
200 1.011764
260 1.010189

END
$panel0_1 << END
0 1.019995
0 1.019678
120 1.018933
200 1.018698
260 1.018493

END
$panel0_2 << END
0 1.01994
0 1.017818
120 1.013579
200 1.013341
260 1.013498

END
$panel0_3 << END
0 1.019992
0 1.019721
120 1.019184
200 1.019088
260 1.019144

END
$panel0_4 << END
0 1.019943
0 1.017979
120 1.0142
200 1.014309
260 1.014356

END
$panel0_5 << END
0 1.019993
0 1.019799
120 1.021045
200 1.022137
260 1.022609

END
set multiplot
# Panel 1
set label 1 'Voltage along the feeder' at screen 0.08125, screen 0.9555556 left font ',16' tc rgb '#1c1e21' front
set label 2 'A small low-voltage feeder – 2025-01-15 00:00 to 23:45' at screen 0.08125, screen 0.912963 left font ',11' tc rgb '#5a616b' front
set lmargin at screen 0.08125
set rmargin at screen 0.975
set tmargin at screen 0.8037037
set bmargin at screen 0.1222222
set border 3 lc rgb '#8a9099'
set tics nomirror out scale 0.5 tc rgb '#1c1e21'
set xlabel 'distance from the source (m)' tc rgb '#1c1e21'
set xrange [*:*]
set xtics autofreq
set ylabel 'voltage to earth (pu)' offset 0.6, 0 tc rgb '#1c1e21'
set yrange [0.89:1.11]
set ytics autofreq
set grid xtics ytics back lt 1 lc rgb '#d9dce1' lw 0.6
unset colorbox
set key at graph 0, graph 1 left bottom horizontal Left reverse samplen 1.6 spacing 1.1 width 1 tc rgb '#1c1e21' font ',11'
set arrow from graph 0, first 0.9 to graph 1, first 0.9 nohead front lc rgb '#b3123c' dt (8, 5) lw 1.2
set arrow from graph 0, first 1.1 to graph 1, first 1.1 nohead front lc rgb '#b3123c' dt (8, 5) lw 1.2
plot $panel0_0 with lines lc rgb '#d55e00' lt 1 lw 1.6 title 'phase a, lowest', \
  $panel0_1 with lines lc rgb '#d55e00' lt 1 lw 0.9 title 'phase a, highest', \
  $panel0_2 with lines lc rgb '#0072b2' lt 1 lw 1.6 title 'phase b, lowest', \
  $panel0_3 with lines lc rgb '#0072b2' lt 1 lw 0.9 title 'phase b, highest', \
  $panel0_4 with lines lc rgb '#009e73' lt 1 lw 1.6 title 'phase c, lowest', \
  $panel0_5 with lines lc rgb '#009e73' lt 1 lw 0.9 title 'phase c, highest', \
  keyentry with lines lc rgb '#b3123c' dt (8, 5) lw 1.2 title 'limits'
unset label
unset arrow
unset multiplot
