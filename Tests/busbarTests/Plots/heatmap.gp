# gnuplot 5.4 or newer: gnuplot -d THIS.gp > FIGURE.svg
set encoding utf8
set terminal svg size 960,540 dynamic noenhanced font 'sans-serif,12' background rgb '#ffffff'
$panel0_0 << END
1.01994 1.01994 1.01994 1.01994 1.019947 1.019947 1.019947 1.019947 1.019961 1.019961 1.019961 1.019961 1.019969 1.019969 1.019969 1.019969 1.019975 1.019975 1.019975 1.019975 1.019975 1.019975 1.019975 1.019975
1.017687 1.017687 1.017687 1.017687 1.017972 1.017972 1.017972 1.017972 1.018502 1.018502 1.018502 1.018502 1.018828 1.018828 1.018828 1.018828 1.01903 1.01903 1.01903 1.01903 1.01903 1.01903 1.01903 1.01903
1.01271 1.01271 1.01271 1.01271 1.013432 1.013432 1.013432 1.013432 1.015114 1.015114 1.015114 1.015114 1.016192 1.016192 1.016192 1.016192 1.01679 1.01679 1.01679 1.01679 1.01679 1.01679 1.01679 1.01679
1.011764 1.011764 1.011764 1.011764 1.01225 1.01225 1.01225 1.01225 1.01417 1.01417 1.01417 1.01417 1.015485 1.015485 1.015485 1.015485 1.016083 1.016083 1.016083 1.016083 1.016083 1.016083 1.016083 1.016083
1.010937 1.010937 1.010937 1.010937 1.011216 1.011216 1.011216 1.011216 1.013345 1.013345 1.013345 1.013345 1.014867 1.014867 1.014867 1.014867 1.015465 1.015465 1.015465 1.015465 1.015465 1.015465 1.015465 1.015465
END
set multiplot
# Panel 1
set label 1 'Voltage magnitude, conductor to earth' at screen 0.084375, screen 0.9555556 left font ',16' tc rgb '#1c1e21' front
set label 2 'A small low-voltage feeder – 2025-01-15 06:00 to 11:45, lowest of each recorded instant' at screen 0.084375, screen 0.912963 left font ',11' tc rgb '#5a616b' front
set lmargin at screen 0.084375
set rmargin at screen 0.8833333
set tmargin at screen 0.8703704
set bmargin at screen 0.1222222
set border 3 lc rgb '#8a9099'
set tics nomirror out scale 0.5 tc rgb '#1c1e21'
set xlabel 'local time (Europe/Berlin)' tc rgb '#1c1e21'
set xrange [21600:43200]
set xtics ('06:00' 21600, '07:00' 25200, '08:00' 28800, '09:00' 32400, '10:00' 36000, '11:00' 39600, '12:00' 43200)
set ylabel 'bus, down the feeder' offset 0.6, 0 tc rgb '#1c1e21'
set yrange [5:0]
set ytics ('mv' 0.5, 'lv' 1.5, 'end-1' 2.5, 'end-2' 3.5, 'end-3' 4.5)
unset grid
set palette maxcolors 64 defined (0 '#440154', 1 '#3b528b', 2 '#21918c', 3 '#5ec962', 4 '#fde725')
set cbrange [1.010937:1.019975]
set cblabel 'voltage to earth (pu)' tc rgb '#1c1e21'
set cbtics tc rgb '#1c1e21'
set colorbox user origin screen 0.9, screen 0.1222222 size screen 0.01666667, screen 0.7481481 noborder
unset key
plot $panel0_0 using (22050+$1*900):(0.5+$2*1):3 matrix with image notitle
unset label
unset arrow
unset multiplot
