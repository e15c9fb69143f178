package dev.assay.lab;
