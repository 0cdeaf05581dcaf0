# gnuplot 5.4 or newer: gnuplot -d THIS.gp > FIGURE.svg
set encoding utf8
set terminal svg size 960,760 dynamic noenhanced font 'sans-serif,12' background rgb '#ffffff'
$panel0_0 << END
0 0
0 0

END
$panel0_1 << END
120 0
200 0

200 0
260 0

END
$panel0_2 << END
0 0
120 0

END
$panel0_3 << END
0 0
END
$panel0_4 << END
0 0
END
$panel0_5 << END
120 0
END
$panel0_6 << END
200 0
END
$panel0_7 << END
260 0
END
set multiplot
# Panel 1
set label 1 'One-line diagram' at screen 0.02708333, screen 0.9684211 left font ',16' tc rgb '#1c1e21' front
set label 2 'A small low-voltage feeder – 2025-01-15 00:00 to 23:45' at screen 0.02708333, screen 0.9381579 left font ',11' tc rgb '#5a616b' front
set lmargin at screen 0.02708333
set rmargin at screen 0.8833333
set tmargin at screen 0.8842105
set bmargin at screen 0.02105263
unset border
set tics nomirror out scale 0.5 tc rgb '#1c1e21'
set xlabel 'distance from the source' tc rgb '#1c1e21'
set xrange [-10.4:270.4]
unset xtics
unset ylabel
set yrange [-0.5:0.5]
unset ytics
unset grid
set palette maxcolors 24 defined (0 '#440154', 1 '#3b528b', 2 '#21918c', 3 '#5ec962', 4 '#fde725')
set cbrange [1.019799:1.022609]
set cblabel 'voltage to earth (pu), farthest from 1 pu' tc rgb '#1c1e21'
set cbtics tc rgb '#1c1e21'
set colorbox user origin screen 0.9, screen 0.02105263 size screen 0.01666667, screen 0.8631579 noborder
set key at graph 0, graph 1 left bottom horizontal Left reverse samplen 1.6 spacing 1.1 width 1 tc rgb '#1c1e21' font ',11'
set label 'mv' at first 0, first 0 left offset 0.6, 0 font ',10' tc rgb '#1c1e21' front
plot $panel0_0 with lines lc rgb '#b9c0ca' lt 1 lw 1.6 title '0–10 A', \
  $panel0_1 with lines lc rgb '#8fb8de' lt 1 lw 1.6 title '10–20 A', \
  $panel0_2 with lines lc rgb '#e4572e' lt 1 lw 2.6 title '30–40 A', \
  $panel0_3 with points pt 7 ps 0.8975 lc palette cb 1.019858 notitle, \
  $panel0_4 with points pt 7 ps 0.8975 lc palette cb 1.019975 notitle, \
  $panel0_5 with points pt 7 ps 0.8975 lc palette cb 1.021028 notitle, \
  $panel0_6 with points pt 7 ps 0.8975 lc palette cb 1.022082 notitle, \
  $panel0_7 with points pt 7 ps 0.8975 lc palette cb 1.02255 notitle
unset label
unset label
unset arrow
unset multiplot
